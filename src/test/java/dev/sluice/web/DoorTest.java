package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
  private static final String ROOMS = "/api/v1/rooms";
  private static final String LINK = "{\"link\":\"http://x.test/1\"}";
  private static WebFixture web;

  @BeforeAll
  static void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static int status(String headers) throws Exception {
    String answer =
        RawHttp.exchange(
            web.port(),
            "GET " + ROOMS + " HTTP/1.1\r\n" + RawHttp.KEY + headers + "Connection: close\r\n\r\n");
    if (RawHttp.status(answer) >= 400) {
      assertTrue(answer.contains("application/problem+json"), answer);
    }
    return RawHttp.status(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:80",
        "127.0.0.1",
        "127.0.0.1:8080",
        "192.168.1.5:99",
        "[::1]",
        "[::1]:8080",
        "[fe80::1]:8080",
        "nas.example",
        "NAS.example:8080",
        "media.example",
        "Media.Example:80"
      })
  void opensToItsOwnNames(String host) throws Exception {
    assertEquals(200, status("Host: " + host + "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test",
        "evil.test:8080",
        "localhost.evil.test",
        "localhost.",
        "127.0.0.1.evil.test",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "nas.example.evil.test",
        ":80",
        "_"
      })
  void isClosedToOtherNames(String host) throws Exception {
    assertEquals(421, status("Host: " + host + "\r\n"));
  }

  /** What a name that leads here for an attacker could look like. */
  private static List<String> strange() {
    List<String> all = new ArrayList<>();
    List<String> ours =
        List.of("localhost", "127.0.0.1", "nas.example", "media.example", "192.168.1.5");
    for (String own : ours) {
      for (String mark : List.of(".", "-", "_", "%00", "%2e", "%23", "%40", "&", "~", "!", "*")) {
        all.add(own + mark + "evil.test");
        all.add("evil.test" + mark + own);
      }
      for (String wrapped : List.of("x%s", "%sx", "x.%s", "%s.test", "%s.", "[%s]", "(%s)")) {
        all.add(wrapped.formatted(own));
        all.add(wrapped.formatted(own) + ":8080");
      }
    }
    for (String number :
        List.of("127.1", "0177.0.0.1", "0x7f000001", "2130706433", "127.0.0.256")) {
      all.add(number);
      all.add(number + ":80");
    }
    all.addAll(
        List.of("[::1", "::1]", "[::1]x", "[::g]", "[]", "0", "rebind.test", "xn--nas.test"));
    return all;
  }

  @Test
  void isClosedToTwoHundredStrangeNames() throws Exception {
    assertTrue(strange().size() >= 190, "only " + strange().size());
    for (String host : strange()) {
      int status = status("Host: " + host + "\r\n");
      assertTrue(status == 400 || status == 421, host + ": " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test#127.0.0.1",
        "user@localhost",
        "localhost@evil.test",
        "[::1].evil.test",
        "[evil.test]",
        "localhost:evil",
        "localhost:80:80",
        "127.0.0.1 evil.test"
      })
  void isClosedToWhatIsNoName(String host) throws Exception {
    int status = status("Host: " + host + "\r\n");
    assertTrue(status == 400 || status == 421, host + ": " + status);
  }

  @Test
  void needsOneHost() throws Exception {
    assertEquals(400, status(""));
    assertEquals(400, status("Host: localhost\r\nHost: localhost\r\n"));
    assertEquals(421, status("Host:\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.test",
        "null",
        "http://127.0.0.1",
        "http://localhost:80",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
        "x"
      })
  void letsNoOtherOriginChangeAnything(String origin) {
    int asked = web.siblings.asked.size();
    for (String method : List.of("POST", "PATCH", "DELETE", "PUT")) {
      HttpResponse<String> answer =
          web.send(
              web.request(method.equals("POST") ? ROOMS : ROOMS + "/x")
                  .header("origin", origin)
                  .header("content-type", "application/json")
                  .method(method, BodyPublishers.ofString(LINK)));
      Problem.assertIs(403, "origin.foreign", answer);
    }
    assertEquals(asked, web.siblings.asked.size());
  }

  @Test
  void letsItsOwnOriginChangeThings() {
    HttpResponse<String> answer =
        web.send(
            web.request(ROOMS)
                .header("origin", "http://127.0.0.1:" + web.port())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(LINK)));
    assertEquals(201, answer.statusCode(), answer.body());
    assertTrue(answer.headers().firstValue("access-control-allow-origin").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"})
  void takesOnlyJson(String type) {
    int asked = web.siblings.asked.size();
    for (String method : List.of("POST", "PATCH", "DELETE")) {
      HttpResponse<String> answer =
          web.send(
              web.request(method.equals("POST") ? ROOMS : ROOMS + "/x")
                  .header("content-type", type)
                  .method(method, BodyPublishers.ofString(LINK)));
      Problem.assertIs(415, "body.type", answer);
    }
    Problem.assertIs(
        415, "body.type", web.send(web.request(ROOMS).POST(BodyPublishers.ofString(LINK))));
    assertEquals(asked, web.siblings.asked.size());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/nothing,GET,404,path.unknown",
    "/api,GET,404,path.unknown",
    "/nothing.html,GET,404,path.unknown",
    "/nothing,POST,404,path.unknown",
    "/index.html,POST,404,path.unknown",
    "/api/v1/rooms,PUT,405,method",
    "/api/v1/rooms,DELETE,405,method",
    "/api/v1/rooms/x/start,GET,405,method",
    "/api/v1/rooms/x/stop,GET,405,method",
    "/api/v1/rooms/x/cut,GET,405,method",
    "/api/v1/rooms/x/check,GET,405,method",
    "/api/v1/settings,POST,405,method",
    "/api/v1/live,POST,405,method",
    "/api/v1/recordings/1/files/a,DELETE,405,method"
  })
  void saysWhatIsNotThere(String path, String method, int status, String key) {
    HttpResponse<String> answer =
        web.send(web.request(path).method(method, BodyPublishers.noBody()));
    Problem.assertIs(status, key, answer);
    assertEquals(status == 405, answer.headers().firstValue("allow").isPresent());
  }

  @Test
  void namesTheMethodsThatThereAre() {
    HttpResponse<String> answer =
        web.send(web.request(ROOMS).method("OPTIONS", BodyPublishers.noBody()));
    assertEquals("GET, POST", answer.headers().firstValue("allow").orElse(""));
  }

  @Test
  void isUp() {
    assertEquals("{\"status\":\"up\"}", web.send(web.stranger("/api/v1/health/live").GET()).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost", "\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n"})
  void closesOnWhatIsNoRequest(String request) throws Exception {
    String answer = RawHttp.exchange(web.port(), request + "\r\n\r\n");
    assertTrue(answer.isEmpty() || RawHttp.status(answer) == 400, answer);
  }

  @Test
  void boundsLinesAndHeaders() throws Exception {
    assertEquals(414, RawHttp.status(RawHttp.get(web.port(), "/" + "a".repeat(9000))));
    assertEquals(431, status("Host: localhost\r\nX: " + "a".repeat(20_000) + "\r\n"));
  }
}
