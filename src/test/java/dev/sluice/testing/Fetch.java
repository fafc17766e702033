package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A client that shows what came over the wire, head and all, and how it ended. No redirects, no
 * decoding of chunks.
 */
final class Fetch implements AutoCloseable {
  /** How a connection came to its end. */
  enum End {
    FIN,
    RST
  }

  private final Socket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  Fetch(URI uri) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String head = "GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads to the end of the connection. */
  End toEnd(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received.write(buffer, 0, n);
      }
      return End.FIN;
    } catch (SocketException e) {
      return End.RST;
    }
  }

  /** Reads until as many bytes of the body have come. */
  Fetch bodyBytes(int count) throws IOException {
    socket.setSoTimeout(10_000);
    byte[] buffer = new byte[1024];
    while (received.size() - bodyStart() < count || bodyStart() == 0) {
      int n = socket.getInputStream().read(buffer);
      if (n < 0) {
        throw new AssertionError("only " + received.size() + " bytes came");
      }
      received.write(buffer, 0, n);
    }
    return this;
  }

  int status() {
    return Integer.parseInt(head().split(" ")[1]);
  }

  String head() {
    return received.toString(StandardCharsets.ISO_8859_1).substring(0, bodyStart());
  }

  byte[] body() {
    byte[] all = received.toByteArray();
    return Arrays.copyOfRange(all, bodyStart(), all.length);
  }

  private int bodyStart() {
    int end = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    return end < 0 ? 0 : end + 4;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
