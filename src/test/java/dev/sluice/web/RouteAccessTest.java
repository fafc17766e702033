package dev.sluice.web;

import static dev.sluice.web.door.SessionBook.ABSOLUTE;
import static dev.sluice.web.door.SessionBook.IDLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SessionRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.web.door.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route that there is, asked by those who may not. */
class RouteAccessTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static WebFixture web;
  private static WebFixture unowned;

  @BeforeAll
  static void start() throws Exception {
    web = WebFixture.start();
    unowned = WebFixture.unowned();
  }

  @AfterAll
  static void stop() {
    web.close();
    unowned.close();
  }

  private static String path(Routes.Entry entry) {
    return entry.path().replace(":id", "1").replace(":name", "a.flv");
  }

  private static boolean isOpen(WebFixture server, String method, String path) {
    return server.table().stream()
        .filter(entry -> path(entry).equals(path) && entry.method().name().equals(method))
        .anyMatch(
            entry ->
                entry.access() == Access.PUBLIC
                    || entry.access() == Access.SETUP && server == unowned);
  }

  private static Set<String> paths(WebFixture server) {
    return server.table().stream().map(RouteAccessTest::path).collect(Collectors.toSet());
  }

  private static void everyClosedRouteIs401(WebFixture server, Browser browser, String key) {
    int asked = 0;
    int before = server.siblings.asked.size();
    for (String path : paths(server)) {
      for (String method : METHODS) {
        boolean setup = path.startsWith("/api/v1/setup");
        if (isOpen(server, method, path) || setup && server != unowned) {
          continue;
        }
        HttpResponse<String> answer =
            server.send(
                browser
                    .request(path.substring("/api/v1".length()))
                    .method(method, BodyPublishers.noBody()));
        assertEquals(401, answer.statusCode(), method + " " + path);
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
        assertTrue(answer.headers().firstValue("www-authenticate").isPresent());
        if (!method.equals("HEAD")) {
          Problem.assertIs(401, key, answer);
        }
        asked++;
      }
    }
    assertTrue(asked > 100, "only " + asked);
    assertEquals(before, server.siblings.asked.size(), server.siblings.asked.toString());
  }

  @Test
  void nobodyUnknownGetsAnythingFromAnyRoute() {
    everyClosedRouteIs401(web, new Browser(web), "login.needed");
  }

  @Test
  void beforeTheFirstStartNobodyDoes() {
    everyClosedRouteIs401(unowned, new Browser(unowned), "setup.needed");
  }

  @Test
  void nobodyDoesAfterSigningOut() {
    Browser browser = Browser.signedIn(web);
    assertEquals(200, browser.get("/rooms").statusCode());
    List<String> before = List.copyOf(browser.cookies.keySet());
    String carried = browser.cookieHeader();
    assertEquals(204, browser.send("DELETE", "/session", "").statusCode());
    assertNotEquals(before, List.copyOf(browser.cookies.keySet()), "the cookie is taken away");
    browser.cookies.clear();
    for (String cookie : carried.split("; ")) {
      browser.cookies.put(cookie.split("=", 2)[0], cookie.split("=", 2)[1]);
    }
    everyClosedRouteIs401(web, browser, "login.needed");
  }

  @Test
  void nobodyDoesWithASessionThatHasRunOut() throws Exception {
    Instant now = Instant.now();
    Map<String, Instant[]> sessions =
        Map.of(
            "idle", new Instant[] {now.minus(Duration.ofHours(20)), now.minus(IDLE)},
            "old", new Instant[] {now.minus(ABSOLUTE), now.minusSeconds(1)},
            "before-password", new Instant[] {now.minus(Duration.ofDays(40)), now},
            "good", new Instant[] {now.plusSeconds(60), now});
    try (WebFixture server = WebFixture.startOn(ledger -> enter(ledger, sessions))) {
      for (String token : sessions.keySet()) {
        Browser browser = new Browser(server);
        browser.cookies.put("sluice_session_" + server.port(), token);
        if (token.equals("good")) {
          assertEquals(200, browser.get("/rooms").statusCode());
        } else {
          everyClosedRouteIs401(server, browser, "login.needed");
        }
      }
    }
  }

  private static void enter(SqliteLedger ledger, Map<String, Instant[]> sessions) {
    sessions.forEach(
        (token, at) -> {
          SessionRow row = new SessionRow(0, Tokens.hash(token), at[0], at[1], "", "");
          LedgerRows.ask(ledger, rows -> rows.door().addSession(row));
        });
  }

  @Test
  void whatIsNotThereIsNotToldToStrangersEither() {
    for (String path : List.of("/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/rooms")) {
      HttpResponse<String> answer = web.send(web.stranger(path).GET());
      Problem.assertIs(401, "login.needed", answer);
      Problem.assertIs(404, "path.unknown", web.get(path));
    }
  }

  @Test
  void onlyTheseAreOpen() {
    Set<String> open =
        web.table().stream()
            .filter(entry -> entry.access() == Access.PUBLIC)
            .map(entry -> entry.method() + " " + entry.path())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "GET /api/v1/setup",
            "POST /api/v1/session",
            "GET /api/v1/health/live",
            "GET /api/v1/health/ready"),
        open);
  }

  @Test
  void thePageItselfIsOpenAndHoldsNothing() {
    assertEquals(200, web.send(web.stranger("/").GET()).statusCode());
    assertEquals(200, unowned.send(unowned.stranger("/app/main.js").GET()).statusCode());
  }

  @Test
  void aKeyThatMayOnlyReadChangesNothing() {
    Browser owner = Browser.signedIn(web);
    HttpResponse<String> made =
        owner.send("POST", "/keys", "{\"name\":\"grafana\",\"read_only\":true}");
    assertEquals(201, made.statusCode(), made.body());
    String key = "Bearer " + WebFixture.tree(made).get("key").asText();
    for (Routes.Entry entry : web.table()) {
      boolean reading = entry.access() == Access.READ;
      if (entry.access() == Access.PUBLIC || entry.access() == Access.SETUP) {
        continue;
      }
      HttpResponse<String> answer =
          web.send(
              web.stranger(path(entry))
                  .header("authorization", key)
                  .method(entry.method().name(), BodyPublishers.noBody()));
      assertEquals(!reading, answer.statusCode() == 403, entry + ": " + answer.statusCode());
      assertFalse(answer.statusCode() == 401, entry.toString());
    }
    String id = WebFixture.tree(made).get("id").asText();
    assertEquals(204, owner.send("DELETE", "/keys/" + id, "").statusCode());
    Problem.assertIs(
        401,
        "login.needed",
        web.send(web.stranger("/api/v1/rooms").header("authorization", key).GET()));
  }
}
