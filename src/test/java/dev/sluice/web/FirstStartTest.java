package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
  @TempDir private Path dir;
  private WebFixture web;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.unowned();
    browser = new Browser(web);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private ObjectNode body() {
    return Json.NODES.objectNode().put("code", web.web().setupCode().orElseThrow());
  }

  private HttpResponse<String> post(String path, ObjectNode body) {
    return browser.send("POST", path, body.toString());
  }

  @Test
  void tellsWhetherItIsToBeDoneAndNothingElse() {
    assertEquals("{\"state\":\"needed\"}", browser.get("/setup").body());
    assertEquals(200, post("/setup", body().put("password", "long enough")).statusCode());
    assertEquals("{\"state\":\"done\"}", browser.get("/setup").body());
  }

  @Test
  void setsThePasswordAndSignsIn() throws Exception {
    String code = web.web().setupCode().orElseThrow();
    ObjectNode typed = Json.NODES.objectNode().put("code", code.replace("-", " ").toLowerCase());
    assertEquals(
        200,
        post("/setup", typed.put("password", "long enough").put("language", "zh")).statusCode());
    browser.token = "";
    JsonNode session = WebFixture.tree(browser.get("/session"));
    assertEquals("zh", session.get("language").asText());
    browser.token = session.get("token").asText();
    assertEquals(200, browser.get("/rooms").statusCode());
    assertEquals(200, new Browser(web).signIn("long enough").statusCode());
    Problem.assertIs(409, "setup.done", post("/setup", typed));
    assertTrue(web.siblings.asked.isEmpty(), "nothing else was asked for");
    for (String file : new String[] {"owner.json", "local.key"}) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(web.data.resolve(file))));
    }
    assertFalse(Files.readString(web.data.resolve("owner.json")).contains("long enough"));
  }

  @Test
  void theCodeChangesAfterTenWrongTries() {
    String first = web.web().setupCode().orElseThrow();
    for (int i = 0; i < 10; i++) {
      ObjectNode wrong = Json.NODES.objectNode().put("code", "WRONG" + i);
      Problem.assertIs(401, "code.wrong", post("/setup/check", wrong));
    }
    assertNotEquals(first, web.web().setupCode().orElseThrow());
    assertTrue(web.console.get(0).contains(web.web().setupCode().orElseThrow()));
    Problem.assertIs(429, "login.limited", post("/setup/check", body().put("code", first)));
  }

  @Test
  void everythingNeedsTheCode() {
    ObjectNode wrong = Json.NODES.objectNode().put("code", "WRONG");
    wrong.put("password", "long enough").put("recordings_dir", dir.toString());
    Problem.assertIs(401, "code.wrong", post("/setup", wrong));
    Problem.assertIs(401, "code.wrong", post("/setup/folder", wrong));
    Problem.assertIs(401, "code.wrong", post("/setup/check", wrong));
    wrong.remove("code");
    Problem.assertIs(422, "field.type", post("/setup", wrong));
  }

  @Test
  void triesTheFolderAndLeavesNothingInIt() throws Exception {
    Path folder = dir.resolve("a/b");
    JsonNode seen =
        WebFixture.tree(post("/setup/folder", body().put("recordings_dir", folder.toString())));
    assertTrue(seen.get("writable").asBoolean(), seen.toString());
    assertFalse(seen.get("exists").asBoolean());
    assertTrue(seen.get("free_bytes").asLong() > 0);
    assertFalse(seen.get("file_system").asText().isEmpty());
    assertFalse(seen.get("owner").asText().isEmpty());
    try (var left = Files.list(dir)) {
      assertEquals(0, left.count());
    }
    Path file = Files.writeString(dir.resolve("file"), "x");
    seen = WebFixture.tree(post("/setup/folder", body().put("recordings_dir", file + "/under")));
    assertFalse(seen.get("writable").asBoolean());
    assertFalse(seen.get("problem").asText().isEmpty());
    Problem.assertIs(
        422, "folder.relative", post("/setup/folder", body().put("recordings_dir", "some/where")));
  }

  @Test
  void aRoomThatIsRefusedLeavesTheFirstStartUndone() {
    web.siblings.outcome = SettingsReply.Outcome.INVALID;
    HttpResponse<String> refused =
        post("/setup", body().put("password", "long enough").put("first_room", "nonsense"));
    assertEquals(422, refused.statusCode(), refused.body());
    assertEquals("{\"state\":\"needed\"}", browser.get("/setup").body());
    assertFalse(Files.exists(web.data.resolve("owner.json")));
  }

  @Test
  void addsTheFirstRoom() {
    HttpResponse<String> done =
        post(
            "/setup",
            body().put("password", "long enough").put("first_room", "http://x.test/live.flv"));
    assertEquals(200, done.statusCode(), done.body());
    assertTrue(
        web.siblings.asked.stream()
            .anyMatch(
                asked ->
                    asked instanceof SettingsCommand.AddRoom add
                        && add.entry().get("link").asText().equals("http://x.test/live.flv")),
        web.siblings.asked.toString());
  }

  @Test
  void aFolderThatTheSettingsGiveStays() {
    JsonNode given = WebFixture.tree(post("/setup/check", body()));
    assertTrue(given.get("recordings_dir_fixed").asBoolean());
    assertEquals("/recordings", given.get("recordings_dir").asText());
    assertEquals(
        200,
        post("/setup", body().put("password", "long enough").put("recordings_dir", dir.toString()))
            .statusCode());
    assertTrue(web.siblings.asked.isEmpty(), web.siblings.asked.toString());
  }

  @Test
  void whatIsRefusedCanBeTriedAgain() {
    ObjectNode wrong = body().put("password", "long enough").put("language", "en");
    wrong.put("first_room", 7);
    assertEquals(422, post("/setup", wrong).statusCode());
    assertEquals(422, post("/setup", wrong).statusCode());
    assertEquals(200, post("/setup", body().put("password", "long enough")).statusCode());
  }

  @Test
  void aWeakPasswordIsRefused() {
    Problem.assertIs(422, "password.weak", post("/setup", body().put("password", "1234567")));
    Problem.assertIs(
        422, "password.weak", post("/setup", body().put("password", "x".repeat(1025))));
  }
}
