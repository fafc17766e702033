package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.RoomStatus;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request that two readers could read in two ways is refused, and the connection ends. */
class SmugglingTest {
  private static final String HEADERS =
      "Host: localhost\r\nContent-Type: application/json\r\n" + RawHttp.KEY;

  /** All that comes until the server closes, which it must. */
  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = RawHttp.connect(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      StringBuilder all = new StringBuilder();
      try {
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          all.append((char) c);
        }
      } catch (SocketException e) {
        // reset: closed with something unread
        return all.toString();
      }
      return all.toString();
    }
  }

  /** A room that the server knows of. */
  private static RoomStatus told(WebFixture web) {
    RoomStatus room = FakeSiblings.room("http://a.test", RoomState.WAITING);
    web.siblings.tell(room);
    Await.until(
        Duration.ofSeconds(10),
        "the room is known",
        () -> web.get("/api/v1/rooms/" + room.id()).statusCode() == 200);
    return room;
  }

  @Test
  void nothingIsHiddenInWhatIsAmbiguous() throws Exception {
    try (WebFixture web = WebFixture.start()) {
      RoomStatus room = told(web);
      String path = "/api/v1/rooms/" + room.id();
      String second = "POST " + path + "/start HTTP/1.1\r\n" + HEADERS + "\r\n";
      Map<String, String> all = Smuggled.requests(path + "/check", HEADERS, second);
      assertTrue(all.size() >= 100, "only " + all.size());
      List<String> wrong = new ArrayList<>();
      for (Map.Entry<String, String> each : all.entrySet()) {
        web.siblings.commands.clear();
        String answer = exchange(web.port(), each.getValue());
        boolean refused = answer.isEmpty() || List.of(400, 501).contains(RawHttp.status(answer));
        boolean one = answer.indexOf("HTTP/1.1 ", 1) < 0;
        if (!refused || !one || !web.siblings.commands.isEmpty()) {
          String status = answer.lines().findFirst().orElse("");
          wrong.add(Smuggled.shown(each.getKey()) + " -> " + status + " " + web.siblings.commands);
        }
      }
      assertEquals(List.of(), wrong, wrong.size() + " of " + all.size());
    }
  }

  /** The test before this one can fail: two plain requests are two. */
  @Test
  void twoRequestsAreTwo() throws Exception {
    try (WebFixture web = WebFixture.start()) {
      RoomStatus room = told(web);
      String path = "/api/v1/rooms/" + room.id();
      String first = "POST " + path + "/check HTTP/1.1\r\n" + HEADERS + "Content-Length: 0\r\n\r\n";
      String last = "POST " + path + "/start HTTP/1.1\r\n" + HEADERS + "Connection: close\r\n\r\n";
      String answer = exchange(web.port(), first + last);
      assertTrue(answer.indexOf("HTTP/1.1 202", 1) > 0, answer);
      assertEquals(2, web.siblings.commands.size());
    }
  }
}
