package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that hold connections and say nothing, or next to nothing. */
class ConnectionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** Sends one more byte of a header line every half second; how long until it was closed. */
  private static Duration trickle(Socket socket) throws Exception {
    long begin = System.nanoTime();
    boolean[] closed = new boolean[1];
    Thread reader =
        new Thread(
            () -> {
              try {
                closed[0] = socket.getInputStream().readAllBytes().length >= 0;
              } catch (IOException e) {
                closed[0] = true;
              }
            });
    reader.start();
    try {
      for (int i = 0; i < 60 && !closed[0]; i++) {
        socket.getOutputStream().write('a');
        reader.join(500);
      }
    } catch (IOException e) {
      // closed by the server
    }
    reader.join(1000);
    assertTrue(closed[0], "still open");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void aHeaderThatTricklesIsNotWaitedFor() throws Exception {
    try (Socket socket = RawHttp.connect(web.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      Duration open = trickle(socket);
      assertTrue(open.toSeconds() <= 13, open.toString());
    }
  }

  @Test
  void norIsTheSecondOneOfAConnection() throws Exception {
    try (Socket socket = RawHttp.begin(web.port(), "/api/v1/health/live")) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      Duration open = trickle(socket);
      assertTrue(open.toSeconds() <= 13, open.toString());
    }
  }

  @Test
  void oneAddressHoldsAHundredAndOthersStillComeIn() throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * Connections.MAX_AN_ADDRESS; i++) {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("127.0.0.9", 0));
        socket.connect(new InetSocketAddress("127.0.0.1", web.port()));
        socket.setSoTimeout(1);
        held.add(socket);
      }
      Await.until(
          LIMIT,
          () -> "as many are closed as are too many: " + open(held),
          () -> open(held) == Connections.MAX_AN_ADDRESS);
      assertEquals(200, web.get("/api/v1/rooms").statusCode());
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
    Await.until(LIMIT, "places are free again", () -> canAsk());
  }

  private boolean canAsk() {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0.9", 0));
      socket.connect(new InetSocketAddress("127.0.0.1", web.port()));
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException e) {
      return false;
    }
  }

  private static int open(List<Socket> sockets) {
    int open = 0;
    for (Socket socket : sockets) {
      try {
        open += socket.getInputStream().read() < 0 ? 0 : 1;
      } catch (SocketTimeoutException e) {
        open++;
      } catch (IOException e) {
        // closed
      }
    }
    return open;
  }
}
