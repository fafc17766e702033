package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.testing.Await;
import dev.sluice.testing.Doors;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.PasswordHash;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private LivePage listen(Browser browser) {
    LivePage page = new LivePage();
    web.client
        .newWebSocketBuilder()
        .header("cookie", browser.cookieHeader())
        .header("origin", "http://127.0.0.1:" + web.port())
        .buildAsync(LivePage.address(web), page)
        .join();
    page.snapshot();
    return page;
  }

  private static void awaitClosed(LivePage page) {
    Await.until(SOON, () -> "closed, " + page.closedWith, () -> page.closedWith == 4401);
  }

  @Test
  void signsInByThePasswordOnly() {
    Browser browser = new Browser(web);
    Problem.assertIs(401, "password.wrong", browser.signIn("wrong horse"));
    assertTrue(browser.cookies.isEmpty());
    HttpResponse<String> in = browser.signIn(Doors.PASSWORD);
    assertEquals(200, in.statusCode());
    for (String cookie : in.headers().allValues("set-cookie")) {
      assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
      assertTrue(cookie.contains("Path=/") && !cookie.contains("Secure"), cookie);
    }
    assertEquals(200, browser.get("/rooms").statusCode());
    String stored = LedgerRows.ask(web.ledger, rows -> rows.door().sessions().toString());
    browser.cookies.values().forEach(value -> assertFalse(stored.contains(value), stored));
  }

  @Test
  void everySignInMakesAnotherSessionAndEndsTheOneBefore() {
    Browser browser = new Browser(web);
    browser.cookies.put("sluice_session_" + web.port(), "chosen-by-somebody-else");
    assertEquals(200, browser.signIn(Doors.PASSWORD).statusCode());
    String first = browser.cookieHeader();
    assertFalse(first.contains("chosen"), first);
    assertEquals(200, browser.signIn(Doors.PASSWORD).statusCode());
    assertNotEquals(first, browser.cookieHeader());
    assertEquals(
        401, web.send(web.stranger("/api/v1/rooms").header("cookie", first).GET()).statusCode());
  }

  @Test
  void takesAChangeWithTheTokenOnly() {
    Browser browser = Browser.signedIn(web);
    String token = browser.token;
    for (String wrong : List.of("", "x", token + "x")) {
      browser.token = wrong;
      Problem.assertIs(
          403, "token.wrong", browser.send("POST", "/rooms", "{\"link\":\"http://x.test/1\"}"));
    }
    assertTrue(web.siblings.asked.isEmpty());
    browser.token = token;
    assertEquals(
        201, browser.send("POST", "/rooms", "{\"link\":\"http://x.test/1\"}").statusCode());
  }

  @Test
  void signingOutEndsItsWebSocket() {
    Browser browser = Browser.signedIn(web);
    Browser other = Browser.signedIn(web);
    LivePage page = listen(browser);
    LivePage stays = listen(other);
    assertEquals(204, browser.send("DELETE", "/session", "").statusCode());
    awaitClosed(page);
    assertEquals(0, stays.closedWith);
    JsonNode sessions = WebFixture.tree(other.get("/sessions")).get("items");
    assertEquals(1, sessions.size());
    assertTrue(sessions.get(0).get("this").asBoolean());
  }

  @Test
  void anotherBrowserCanBeSignedOut() {
    Browser owner = Browser.signedIn(web);
    Browser lost = Browser.signedIn(web);
    LivePage page = listen(lost);
    String id = WebFixture.tree(lost.get("/session")).get("id").asText();
    assertEquals(204, owner.send("DELETE", "/sessions/" + id, "").statusCode());
    awaitClosed(page);
    assertEquals(401, lost.get("/rooms").statusCode());
    assertEquals(404, owner.send("DELETE", "/sessions/" + id, "").statusCode());
  }

  @Test
  void anotherPasswordEndsAllOtherSessions() {
    Browser owner = Browser.signedIn(web);
    Browser other = Browser.signedIn(web);
    LivePage page = listen(other);
    String body = "{\"password\":\"%s\",\"new\":\"%s\"}";
    Problem.assertIs(
        422,
        "password.wrong",
        owner.send("PUT", "/password", body.formatted("not this", "staple staple")));
    Problem.assertIs(
        422,
        "password.weak",
        owner.send("PUT", "/password", body.formatted(Doors.PASSWORD, "short")));
    assertEquals(200, other.get("/rooms").statusCode());
    assertEquals(
        204,
        owner
            .send("PUT", "/password", body.formatted(Doors.PASSWORD, "staple staple"))
            .statusCode());
    awaitClosed(page);
    assertEquals(200, owner.get("/rooms").statusCode());
    assertEquals(401, other.get("/rooms").statusCode());
    assertEquals(401, new Browser(web).signIn(Doors.PASSWORD).statusCode());
    assertEquals(200, new Browser(web).signIn("staple staple").statusCode());
  }

  @Test
  void aPasswordSetByACommandSignsEverybodyOut() throws Exception {
    Browser owner = Browser.signedIn(web);
    LivePage page = listen(owner);
    OwnerFile file = new OwnerFile(web.data);
    PasswordHash same = file.read().orElseThrow().password();
    file.write(Owner.withPassword(same, ""));
    awaitClosed(page);
    assertEquals(401, owner.get("/rooms").statusCode());
    assertEquals(200, owner.signIn(Doors.PASSWORD).statusCode());
  }

  @Test
  void aPasswordSetByACommandHoldsForTheVeryNextSignIn() throws Exception {
    OwnerFile file = new OwnerFile(web.data);
    file.write(Owner.withPassword(PasswordHash.of("staple staple"), ""));
    Problem.assertIs(401, "password.wrong", new Browser(web).signIn(Doors.PASSWORD));
    assertEquals(200, new Browser(web).signIn("staple staple").statusCode());
  }

  @Test
  void aClockThatWasAheadWhenThePasswordWasSetKeepsNobodyOut() throws Exception {
    OwnerFile file = new OwnerFile(web.data);
    Owner now = file.read().orElseThrow();
    Instant ahead = Instant.now().plus(Duration.ofDays(400));
    file.write(new Owner(now.password(), now.deviceKey(), ahead, ""));
    Browser browser = new Browser(web);
    assertEquals(200, browser.signIn(Doors.PASSWORD).statusCode());
    assertEquals(200, browser.get("/rooms").statusCode());
  }

  @Test
  void whatIsTakenAwayHoldsAndIsSaidNotToBeStoredWhereTheDiskRefuses() {
    Browser owner = Browser.signedIn(web);
    Browser lost = Browser.signedIn(web);
    owner.send("POST", "/keys", "{\"name\":\"k\"}");
    String session = WebFixture.tree(lost.get("/session")).get("id").asText();
    String key = WebFixture.tree(owner.get("/keys")).get("items").findValues("id").get(1).asText();
    web.ledger.close();
    Problem.assertIs(503, "door.unstored", owner.send("DELETE", "/sessions/" + session, ""));
    assertEquals(401, lost.get("/session").statusCode());
    Problem.assertIs(503, "door.unstored", owner.send("DELETE", "/keys/" + key, ""));
    assertEquals(1, WebFixture.tree(owner.get("/keys")).get("items").size());
  }

  @Test
  void aLinkSignsInOnce() {
    String code = web.web().signInCode();
    Browser browser = new Browser(web);
    Problem.assertIs(401, "code.used", browser.signInBy("code", code + "x"));
    assertEquals(200, browser.signInBy("code", code).statusCode());
    assertEquals(200, browser.get("/rooms").statusCode());
    Problem.assertIs(401, "code.used", new Browser(web).signInBy("code", code));
  }

  @Test
  void whatWasDoneStandsInTheAuditLog() {
    Browser browser = new Browser(web);
    browser.signIn("wrong horse");
    browser.signIn("wrong horse");
    browser.signIn(Doors.PASSWORD);
    browser.send("POST", "/keys", "{\"name\":\"k\"}");
    JsonNode log = WebFixture.tree(browser.get("/audit")).get("items");
    assertEquals("key.added", log.get(0).get("what").asText());
    assertEquals("login", log.get(1).get("what").asText());
    assertEquals("login.failed", log.get(2).get("what").asText());
    assertEquals(2, log.get(2).get("times").asInt(), "like ones are one");
    assertEquals("127.0.0.1", log.get(2).get("address").asText());
  }

  @Test
  void aBrowserThatSaysNoOriginIsNotToldAnything() {
    Browser browser = Browser.signedIn(web);
    WebSocket.Builder socket =
        web.client.newWebSocketBuilder().header("cookie", browser.cookieHeader());
    assertEquals(403, LiveSocketTest.refusal(socket, web));
    assertEquals(
        403,
        LiveSocketTest.refusal(
            web.client
                .newWebSocketBuilder()
                .header("cookie", browser.cookieHeader())
                .header("origin", "http://evil.test"),
            web));
    assertEquals(401, LiveSocketTest.refusal(web.client.newWebSocketBuilder(), web));
  }
}
