package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.platform.Platforms;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsReader;
import dev.sluice.storage.StorageVerticle;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storage over HTTP: the real web server and the real storage on real files. */
class TrashApiTest {
  private static final byte[] CONTENT = "FLV content".getBytes(StandardCharsets.UTF_8);
  @TempDir private Path root;
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(root.resolve(".sluice"));
    web = WebFixture.start();
    Settings settings = new SettingsReader(root).read("recordings: {dir: '" + root + "'}");
    web.vertx
        .deployVerticle(new StorageVerticle(web.ledger, () -> settings, new Platforms()))
        .await(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private long recording(String name, String... targets) throws Exception {
    WebFixture.file(root, name, CONTENT);
    SegmentRow row = LedgerRows.ready(web.ledger, root, name, CONTENT.length, targets);
    LedgerRows.tell(
        web.ledger,
        rows ->
            rows.endRecording(row.recording(), LedgerRows.NOW, Optional.empty(), List.of(targets)));
    return row.recording();
  }

  private JsonNode list(String path) {
    return WebFixture.tree(web.get("/api/v1" + path)).get("items");
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    return body.isEmpty()
        ? web.send(web.request("/api/v1" + path).method(method, BodyPublishers.noBody()))
        : web.json(method, "/api/v1" + path, body);
  }

  @Test
  void aRecordingGoesComesBackAndGoesForGood() throws Exception {
    long id = recording("Cam/a.flv");
    String file = "/recordings/" + id + "/files/a.flv";
    assertEquals(200, web.get("/api/v1" + file).statusCode());
    JsonNode one = WebFixture.tree(web.get("/api/v1/recordings/" + id));
    assertEquals(list("/recordings").get(0), one);
    assertEquals(204, ask("DELETE", "/recordings/" + id, "").statusCode());
    assertEquals(0, list("/recordings").size());
    Problem.assertIs(410, "recording.trashed", web.get("/api/v1" + file));
    Problem.assertIs(410, "recording.trashed", web.get("/api/v1/recordings/" + id));
    JsonNode inTrash = list("/trash").get(0);
    assertEquals(Long.toString(id), inTrash.get("id").asText());
    assertEquals("trashed", inTrash.get("state").asText());
    assertEquals("person", inTrash.get("cause").asText());
    assertEquals(CONTENT.length, inTrash.get("bytes").asInt());
    assertTrue(inTrash.get("removed_after").asText().compareTo("2026") > 0);

    assertEquals(204, ask("POST", "/recordings/" + id + "/restore", "").statusCode());
    assertEquals(1, list("/recordings").size());
    assertEquals(new String(CONTENT, StandardCharsets.UTF_8), web.get("/api/v1" + file).body());
    assertEquals(0, list("/trash").size());

    ask("DELETE", "/recordings/" + id, "");
    assertEquals(204, ask("DELETE", "/trash/" + id, "").statusCode());
    assertEquals(0, list("/trash").size());
    Problem.assertIs(410, "recording.removed", web.get("/api/v1" + file));
    assertFalse(Files.exists(root.resolve(".sluice/trash/" + id)));
    Problem.assertIs(409, "trash.gone", ask("POST", "/recordings/" + id + "/restore", ""));
  }

  @Test
  void whatIsProtectedOrNotDeliveredIsRefusedWithASentence() throws Exception {
    long id = recording("Cam/a.flv", "nas");
    HttpResponse<String> refused = ask("DELETE", "/recordings/" + id, "");
    Problem.assertIs(409, "lock.delivery", refused);
    assertEquals("it is not delivered to nas", WebFixture.tree(refused).get("detail").asText());
    assertEquals(204, ask("PATCH", "/recordings/" + id, "{\"protected\":true}").statusCode());
    assertTrue(list("/recordings").get(0).get("protected").asBoolean());
    Problem.assertIs(409, "lock.protected", ask("DELETE", "/recordings/" + id, "{\"force\":true}"));
    ask("PATCH", "/recordings/" + id, "{\"protected\":false}");
    assertFalse(list("/recordings").get(0).get("protected").asBoolean());
    assertEquals(204, ask("DELETE", "/recordings/" + id, "{\"force\":true}").statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/recordings/99|''|404|recording.unknown",
        "DELETE|/recordings/x|''|404|recording.unknown",
        "DELETE|/recordings/1|{\"force\":1}|422|field.type",
        "DELETE|/recordings/1|[]|422|body.object",
        "PATCH|/recordings/1|{\"protected\":\"yes\"}|422|field.type",
        "PATCH|/recordings/1|{}|422|field.type",
        "PATCH|/recordings/99|{\"protected\":true}|404|recording.unknown",
        "POST|/recordings/99/restore|''|404|recording.unknown",
        "DELETE|/trash/99|''|404|recording.unknown",
        "DELETE|/trash/1|''|409|trash.kept",
        "POST|/trash|''|405|method"
      })
  void whatMakesNoSenseIsRefused(String method, String path, String body, int status, String key)
      throws Exception {
    recording("Cam/a.flv");
    Problem.assertIs(status, key, ask(method, path, body));
    assertTrue(Files.exists(root.resolve("Cam/a.flv")));
  }

  @Test
  void tellsHowFullTheDisksAreAndWhatGoesNext() throws Exception {
    recording("Cam/a.flv");
    JsonNode storage = WebFixture.tree(web.get("/api/v1/storage"));
    assertEquals(604_800, storage.get("trash_seconds").asLong());
    assertTrue(storage.get("keep_bytes").isNull());
    JsonNode disk = storage.get("roots").get(0);
    assertEquals(root.toString(), disk.get("root").asText());
    assertEquals(CONTENT.length, disk.get("used_bytes").asInt());
    assertEquals(5_000_000_000L, disk.get("reserve_bytes").asLong());
    assertEquals("Room", disk.at("/rooms/0/room_name").asText());
    assertTrue(disk.get("full_in_seconds").isNull(), "nothing arrives");
    JsonNode next = WebFixture.tree(web.get("/api/v1/storage/next"));
    assertEquals(0, next.get("items").size());
    assertTrue(next.has("paused"));
  }

  @Test
  void whereStorageDoesNotAnswerItSaysSo() throws Exception {
    try (WebFixture alone = WebFixture.alone()) {
      Problem.assertIs(503, "not_ready", alone.get("/api/v1/storage"));
    }
  }

  @Test
  void whatIsNotDeliveredGoesFromThePageWithItsRecordingAndComesBackWithIt() throws Exception {
    long id = recording("Cam/a.flv", "nas");
    LivePage page = LivePage.open(web);
    Topics.DELIVERY.publish(web.vertx, new DeliveryNews(1, "waiting", 0, 0, 0));
    page.await("it shows", message -> message.at("/deliveries/0/id").asText().equals("1"));
    ask("DELETE", "/recordings/" + id, "{\"force\":true}");
    page.await("it goes", message -> message.path("deliveries_gone").toString().equals("[\"1\"]"));
    assertEquals(0, list("/deliveries").size());
    page.heard.clear();
    ask("POST", "/recordings/" + id + "/restore", "");
    page.await("it is back", message -> message.at("/deliveries/0/id").asText().equals("1"));
    assertEquals(1, list("/deliveries").size());
  }
}
