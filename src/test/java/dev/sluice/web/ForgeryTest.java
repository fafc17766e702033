package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another page could make a signed-in browser send, at every route that changes something. */
class ForgeryTest {
  private static WebFixture web;
  private static Browser owner;

  @BeforeAll
  static void start() throws Exception {
    web = WebFixture.start();
    owner = Browser.signedIn(web);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  /** Headers besides the cookie; what is not said here is as the page itself would send it. */
  enum Shape {
    PLAIN_TEXT(415, Map.of("content-type", "text/plain")),
    FORM(415, Map.of("content-type", "application/x-www-form-urlencoded")),
    MULTIPART(415, Map.of("content-type", "multipart/form-data; boundary=x")),
    NO_TYPE(415, Map.of("content-type", "")),
    NO_TOKEN(403, Map.of(Guard.TOKEN, "")),
    WRONG_TOKEN(403, Map.of(Guard.TOKEN, "0".repeat(64))),
    FOREIGN_ORIGIN(403, Map.of("origin", "http://evil.test")),
    NO_PAGE_AS_ORIGIN(403, Map.of("origin", "null")),
    OTHER_PORT(403, Map.of("origin", "http://127.0.0.1:1")),
    FOREIGN_REFERER(403, Map.of("origin", "", "referer", "http://evil.test/page?127.0.0.1"));

    private final int status;
    private final Map<String, String> headers;

    Shape(int status, Map<String, String> headers) {
      this.status = status;
      this.headers = headers;
    }

    HttpRequest.Builder on(HttpRequest.Builder request) {
      put(request, "content-type", "application/json");
      put(request, Guard.TOKEN, owner.token);
      put(request, "origin", "http://127.0.0.1:" + web.port());
      put(request, "referer", "");
      return request;
    }

    private void put(HttpRequest.Builder request, String name, String usual) {
      String value = headers.getOrDefault(name, usual);
      if (!value.isEmpty()) {
        request.header(name, value);
      }
    }
  }

  private static List<Routes.Entry> changing() {
    return web.table().stream()
        .filter(entry -> !entry.method().equals(HttpMethod.GET))
        .filter(entry -> !entry.method().equals(HttpMethod.HEAD))
        .filter(entry -> entry.access() == Access.WRITE || entry.access() == Access.OWNER)
        .toList();
  }

  private static String below(Routes.Entry entry) {
    return entry.path().substring(Routes.API.length()).replaceAll(":\\w+", "1");
  }

  @ParameterizedTest
  @EnumSource
  void nothingForgedChangesAnything(Shape shape) {
    int asked = web.siblings.asked.size();
    int told = web.siblings.commands.size();
    for (Routes.Entry entry : changing()) {
      HttpResponse<String> answer =
          web.send(
              shape
                  .on(owner.request(below(entry)))
                  .method(entry.method().name(), BodyPublishers.ofString("{\"name\":\"forged\"}")));
      assertEquals(shape.status, answer.statusCode(), entry + ": " + answer.body());
      assertTrue(answer.headers().firstValue("access-control-allow-origin").isEmpty());
    }
    assertTrue(changing().size() >= 15, changing().toString());
    assertEquals(asked, web.siblings.asked.size());
    assertEquals(told, web.siblings.commands.size());
    assertEquals(200, owner.get("/rooms").statusCode(), "still signed in");
    assertEquals(1, WebFixture.tree(owner.get("/keys")).get("items").size());
  }

  @Test
  void signingInCannotBeForgedEither() {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      HttpResponse<String> answer =
          web.send(
              web.stranger("/api/v1/session")
                  .header("content-type", type)
                  .POST(BodyPublishers.ofString("{\"password\":\"x\"}")));
      Problem.assertIs(415, "body.type", answer);
    }
    Problem.assertIs(
        403,
        "origin.foreign",
        web.send(
            web.stranger("/api/v1/session")
                .header("content-type", "application/json")
                .header("origin", "http://evil.test")
                .POST(BodyPublishers.ofString("{\"password\":\"x\"}"))));
  }

  @Test
  void noOtherOriginIsToldThatItMay() {
    HttpResponse<String> preflight =
        web.send(
            web.stranger("/api/v1/rooms")
                .header("origin", "http://evil.test")
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertTrue(preflight.statusCode() >= 400, "status " + preflight.statusCode());
    assertTrue(
        preflight.headers().map().keySet().stream()
            .noneMatch(name -> name.startsWith("access-control")));
  }
}
