package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Doors;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A page that reads only when it is told to, and whose system holds little for it. */
final class SlowPage implements AutoCloseable {
  private static final int BUFFER = 8192;
  private static final int LIMIT_MS = 20_000;
  private final Socket socket = new Socket();
  private final DataInputStream in;

  SlowPage(int port) throws IOException {
    socket.setReceiveBufferSize(BUFFER);
    socket.setSoTimeout(LIMIT_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Authorization: "
            + Doors.BEARER
            + "\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    in = new DataInputStream(socket.getInputStream());
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(head.toString());
    }
  }

  /** The next text; everything comes in one frame. */
  JsonNode next() throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] payload = in.readNBytes((int) length);
      if (first == 0x81) {
        return WebFixture.tree(new String(payload, StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
