package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Doors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many guess the password from many addresses. */
class GuessingTest {
  private static final int GUESSES = Boolean.getBoolean("sluice.full") ? 10_000 : 500;
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** One guess from an address of this machine. */
  private int guess(int number, int addresses) throws IOException {
    String from = "127.0." + (1 + number % addresses / 250) + "." + (1 + number % addresses % 250);
    String body = "{\"password\":\"guess " + number + "\"}";
    String request =
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\nConnection: close\r\n\r\n%s".formatted(body.length(), body);
    try (Socket socket =
        new Socket(
            InetAddress.getByName("127.0.0.1"), web.port(), InetAddress.getByName(from), 0)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return RawHttp.status(new String(answer, StandardCharsets.UTF_8));
    }
  }

  private Map<Integer, Integer> attack(int addresses) throws IOException {
    Map<Integer, Integer> statuses = new HashMap<>();
    for (int i = 0; i < GUESSES; i++) {
      statuses.merge(guess(i, addresses), 1, Integer::sum);
    }
    return statuses;
  }

  @Test
  void oneAddressGetsTenAMinute() throws Exception {
    long begin = System.nanoTime();
    Map<Integer, Integer> statuses = attack(1);
    long minutes = 1 + (System.nanoTime() - begin) / 60_000_000_000L;
    assertTrue(statuses.get(401) <= 10 + 10 * minutes, statuses.toString());
    assertTrue(statuses.get(401) >= 10, statuses.toString());
    assertEquals(GUESSES, statuses.get(401) + statuses.get(429), statuses.toString());
  }

  @Test
  void manyAddressesGetAHundredAnHourAndTheOwnerStillComesIn() throws Exception {
    Browser signedIn = Browser.signedIn(web);
    Browser known = Browser.signedIn(web);
    known.send("DELETE", "/session", "");
    Map<Integer, Integer> statuses = attack(400);
    assertTrue(statuses.get(401) <= 110, statuses.toString());
    assertEquals(GUESSES, statuses.get(401) + statuses.get(429), statuses.toString());
    assertEquals(200, signedIn.get("/rooms").statusCode(), "a session is not concerned");
    assertEquals(200, known.signIn(Doors.PASSWORD).statusCode(), "nor a browser that is known");
    Browser stranger = new Browser(web);
    var refused = stranger.signIn(Doors.PASSWORD);
    Problem.assertIs(429, "login.limited", refused);
    assertTrue(Long.parseLong(refused.headers().firstValue("retry-after").orElseThrow()) > 0);
  }

  @Test
  void aKnownBrowserCannotGuessWithoutEndEither() {
    Browser known = Browser.signedIn(web);
    known.send("DELETE", "/session", "");
    for (int i = 0; i < 10; i++) {
      assertEquals(401, known.signIn("guess " + i).statusCode());
    }
    assertEquals(429, known.signIn("guess").statusCode());
    assertEquals(200, new Browser(web).signIn(Doors.PASSWORD).statusCode(), "others may");
  }

  @Test
  void aCookieOfOnesOwnMakingIsNotKnown() {
    Browser forger = new Browser(web);
    forger.cookies.put("sluice_device_" + web.port(), "x." + "0".repeat(64));
    for (int i = 0; i < 10; i++) {
      forger.signIn("guess " + i);
    }
    assertEquals(429, forger.signIn("guess").statusCode());
    forger.cookies.put("sluice_device_" + web.port(), "y." + "0".repeat(64));
    assertEquals(429, forger.signIn("guess").statusCode());
  }
}
