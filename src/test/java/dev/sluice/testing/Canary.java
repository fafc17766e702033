package dev.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that counts who comes: answers 200, or sends on. */
public final class Canary implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicInteger hits = new AtomicInteger();
  private volatile String location = "";
  private volatile String lastHost = "";

  private Canary(InetAddress address, int port) throws IOException {
    server = new ServerSocket(port, 50, address);
    Thread thread = new Thread(this::serve, "canary");
    thread.setDaemon(true);
    thread.start();
  }

  /** Listens at an address, on any port. */
  public static Canary at(InetAddress address) throws IOException {
    return new Canary(address, 0);
  }

  public static Canary at(InetAddress address, int port) throws IOException {
    return new Canary(address, port);
  }

  /** Answers from now on with a redirect; empty for 200 again. */
  public void redirectsTo(String next) {
    location = next;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Its address with this path. */
  public String url(String path) {
    return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + path;
  }

  /** Connections so far, whether they asked for something or not. */
  public int hits() {
    return hits.get();
  }

  /** The host that was asked for last. */
  public String lastHost() {
    return lastHost;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        hits.incrementAndGet();
        answer(socket);
      } catch (IOException e) {
        // gone, or closed
        continue;
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    socket.setSoTimeout(5000);
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "host:", 0, 5)) {
        lastHost = line.substring(5).strip();
      }
    }
    String head =
        location.isEmpty()
            ? "HTTP/1.1 200 OK\r\n"
            : "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n";
    socket
        .getOutputStream()
        .write(
            (head + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
