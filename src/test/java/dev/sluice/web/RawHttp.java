package dev.sluice.web;

import dev.sluice.testing.Contract;
import dev.sluice.testing.Doors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Says what no client library would. */
final class RawHttp {
  /** A header that shows the key of the tests. */
  static final String KEY = "Authorization: " + Doors.BEARER + "\r\n";

  private static final int LIMIT_MS = 15_000;

  private RawHttp() {}

  /** Sends the text as it stands and reads until the server closes. */
  static String exchange(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      show(request, answer);
      return answer;
    }
  }

  /** Only where one request got one answer. */
  private static void show(String request, String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String[] asked = request.split("\r?\n", 2)[0].split(" ");
    if (end < 0 || asked.length != 3 || answer.indexOf("HTTP/1.", 1) >= 0) {
      return;
    }
    List<String> head = List.of(answer.substring(0, end).split("\r\n"));
    boolean plain = answer.toLowerCase(Locale.ROOT).contains("\r\ncontent-length: ");
    Contract.check(
        new Contract.Seen(
            asked[0],
            asked[1],
            status(answer),
            Contract.headers(head),
            plain ? answer.substring(end + 4) : null));
  }

  /** A GET of a path as it stands. */
  static String get(int port, String path) throws IOException {
    return exchange(
        port,
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + KEY + "Connection: close\r\n\r\n");
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MS);
    return socket;
  }

  /** Asks for a path and reads no more of the answer than that there is one. */
  static Socket begin(int port, String path) throws IOException {
    Socket socket = connect(port);
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    if (socket.getInputStream().read() != 'H') {
      throw new IOException("no answer to " + path);
    }
    return socket;
  }

  static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
  }
}
