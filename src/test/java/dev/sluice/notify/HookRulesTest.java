package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.WebhookRow;
import dev.sluice.room.RoomKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, when it is sent again, and where it may go. */
class HookRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:15:00.123456Z");

  private static WebhookRow waiting() {
    return WebhookRow.waiting("a", "id", "notice", "{}", NOW);
  }

  @Test
  void aYesIsTheEnd() {
    WebhookRow after = HookSteps.USUAL.after(waiting(), HookAnswer.of(204), NOW, 0.5);
    assertEquals(WebhookRow.State.DONE, after.state());
    assertEquals(204, after.status());
    assertEquals(1, after.tries());
    assertEquals(Optional.of(NOW), after.doneAt());
  }

  @Test
  void pausesGrowForADayThenItIsGivenUp() {
    WebhookRow row = waiting();
    Instant now = NOW;
    Duration before = Duration.ZERO;
    while (row.state() == WebhookRow.State.WAITING) {
      row = HookSteps.USUAL.after(row, HookAnswer.of(503), now, 1);
      assertTrue(row.tries() < 100, "it ends");
      Duration wait = HookSteps.wait(row, now);
      assertTrue(
          wait.compareTo(before) >= 0 || row.state() != WebhookRow.State.WAITING,
          () -> "pauses grow");
      assertTrue(wait.compareTo(Duration.ofHours(1)) <= 0);
      before = wait;
      now = now.plus(wait).plusMillis(1);
    }
    assertEquals(WebhookRow.State.GIVEN_UP, row.state());
    assertEquals(Optional.of("it answers 503"), row.error());
    assertTrue(now.isAfter(NOW.plus(Duration.ofHours(24))));
    assertTrue(now.isBefore(NOW.plus(Duration.ofHours(26))));
    assertTrue(row.tries() > 20, row.tries() + " tries");
  }

  @Test
  void aClockThatWasSetBackHoldsNothingUp() {
    WebhookRow row = HookSteps.USUAL.after(waiting(), HookAnswer.of(500), NOW, 1);
    assertFalse(HookSteps.wait(row, NOW).isZero());
    assertTrue(HookSteps.wait(row, NOW.minus(Duration.ofDays(400))).isZero());
    assertTrue(HookSteps.wait(row, NOW.plus(Duration.ofDays(400))).isZero());
  }

  @Test
  void redirectsAreNoYes() {
    assertTrue(HookAnswer.of(200).ok());
    assertFalse(HookAnswer.of(302).ok());
    assertTrue(HookAnswer.of(302).error().contains("not followed"));
    assertFalse(HookAnswer.of(404).ok());
  }

  @Test
  void signsTimestampAndBody() {
    assertEquals(
        "sha256=2382c1d0968a5e57238c68de957f44d87e83d3049a5588ec251442ca372b8aec",
        HookSignature.of("s3cret", 1_700_000_000L, "{\"id\":\"x\"}"));
  }

  @Test
  void tellsTheRoomWithoutItsLinkAndNoLongTexts() throws IOException {
    RoomKey key = new RoomKey("direct", "http://cam.test/live.flv?token=hunter2");
    String hostile = "\"},\r\n\u001b[31m</script>" + "🎮".repeat(3000);
    ObjectNode values =
        JsonNodeFactory.instance.objectNode().put("file", hostile).put("bytes", 12L);
    HookEvent event =
        new HookEvent(
            "id",
            HookEvent.Type.SEGMENT_READY,
            NOW,
            Optional.of(new HookEvent.Room(key, hostile)),
            hostile,
            values);
    String body = event.body();
    assertFalse(body.contains("hunter2"));
    assertFalse(body.contains("\n"));
    JsonNode json = new ObjectMapper().readTree(body);
    assertEquals("segment.ready", json.get("type").asText());
    assertEquals("2026-11-24T20:15:00.123Z", json.get("time").asText());
    assertEquals(key.publicId(), json.at("/room/id").asText());
    assertEquals(12, json.at("/values/bytes").asLong());
    assertTrue(json.get("text").asText().startsWith("\"},\r\n\u001b[31m</script>🎮"));
    assertTrue(json.get("text").asText().length() <= Clip.MAX + 1);
    assertTrue(body.length() < 8192, body.length() + " characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://127.1/",
        "http://0/"
      })
  void namesThatLeadInsideAreRefusedUnlessAllowed(String url) throws IOException {
    IOException refused =
        assertThrows(IOException.class, () -> HookAddress.of(URI.create(url), false));
    assertTrue(refused.getMessage().contains("private"), refused.getMessage());
    HookAddress.of(URI.create(url), true);
  }

  @Test
  void theSettingsKnowEveryEventThatIsTold() throws IOException {
    Path home = Path.of(System.getProperty("sluice.home", "."));
    String schema = Files.readString(home.resolve("docs/sluice.schema.json"));
    for (HookEvent.Type type : HookEvent.Type.values()) {
      boolean choice = schema.contains("\"" + type.word() + "\"");
      assertEquals(type != HookEvent.Type.TEST, choice, type.word());
    }
  }
}
