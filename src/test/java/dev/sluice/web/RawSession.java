package dev.sluice.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says one request after the other as it stands, on one connection while the server keeps it. */
final class RawSession implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

  private final int port;
  private Socket socket;

  RawSession(int port) {
    this.port = port;
  }

  /** The whole answer; empty when the server closed without one. */
  String ask(String request) throws IOException {
    if (socket == null) {
      socket = RawHttp.connect(port);
    }
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String answer = read(socket.getInputStream());
    if (!isKept(answer)) {
      close();
    }
    return answer;
  }

  private static boolean isKept(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    return LENGTH.matcher(lower).find() && !lower.contains("\r\nconnection: close\r\n");
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!all.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
      all.write(next);
    }
    String head = all.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(head);
    all.write(length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : rest(in, head));
    return all.toString(StandardCharsets.UTF_8);
  }

  private static byte[] rest(InputStream in, String head) throws IOException {
    return head.contains(" 204 ") || head.contains(" 304 ") ? new byte[0] : in.readAllBytes();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
