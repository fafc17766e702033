package dev.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves one file to players that seek by byte ranges, and counts the bytes that went out. Not
 * faster than a good line: else megabytes would fill the buffers of kernels that no player reads.
 */
public final class RangeServer implements AutoCloseable {
  private static final int PIECE = 16 * 1024;
  private static final long PIECE_NANOS = 4_000_000;

  private final Path file;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong served = new AtomicLong();

  public RangeServer(Path file) {
    this.file = file;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file.flv");
  }

  /** Bytes of the file that were handed to the kernel, which a player may not all have read. */
  public long served() {
    return served.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    long size = Files.size(file);
    String range = exchange.getRequestHeaders().getFirst("Range");
    long from = range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-.*", "$1"));
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (range != null) {
      String answer = "bytes " + from + "-" + (size - 1) + "/" + size;
      exchange.getResponseHeaders().set("Content-Range", answer);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, size - from);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = exchange.getResponseBody()) {
      in.skipNBytes(from);
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        out.write(piece, 0, n);
        served.addAndGet(n);
        LockSupport.parkNanos(PIECE_NANOS);
      }
    } catch (IOException e) {
      // The player has gone elsewhere.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
