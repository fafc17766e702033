import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The least that answers 200: what a JVM costs before it does anything. */
final class Bare {
  public static void main(String[] args) throws Exception {
    byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes();
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(answer);
        }
      }
    }
  }
}
