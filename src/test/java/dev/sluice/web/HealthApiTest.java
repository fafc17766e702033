package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.RoomState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthApiTest {
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private int stranger(String path) {
    return web.send(web.stranger(path).GET()).statusCode();
  }

  @Test
  void anybodyLearnsWhetherItLivesAndIsReadyAndNothingElse() {
    for (String prefix : List.of("", "/api/v1")) {
      assertEquals(200, stranger(prefix + "/health/live"), prefix);
      assertEquals(200, stranger(prefix + "/health/ready"), prefix);
      assertEquals(401, stranger(prefix + "/health/idle"), prefix);
    }
    assertEquals(401, stranger("/api/v1/health"));
    assertEquals(404, stranger("/health"));
  }

  @Test
  void isNotReadyBeforeEverybodyIsThere() throws Exception {
    try (WebFixture alone = WebFixture.alone()) {
      HttpResponse<String> answer = alone.get("/health/ready");
      Problem.assertIs(503, "not_ready", answer);
      assertEquals(200, alone.get("/health/live").statusCode());
    }
  }

  @Test
  void isNotReadyWithoutItsLedger() {
    web.ledger.close();
    Problem.assertIs(503, "not_ready", web.get("/health/ready"));
    JsonNode report = WebFixture.tree(web.get("/api/v1/health"));
    assertEquals("error", report.get("status").asText());
    assertTrue(report.toString().contains("the ledger does not answer"), report.toString());
  }

  @Test
  void isIdleOnlyWhileNothingIsRecordedOrSent() {
    var room = web.siblings.put("http://a.test", RoomState.WAITING);
    assertEquals(200, web.get("/health/idle").statusCode());
    for (RoomState state : RoomState.values()) {
      web.siblings.put("http://a.test", state);
      boolean busy = List.of("starting", "recording", "grace", "stopping").contains(state.word());
      assertEquals(busy ? 503 : 200, web.get("/health/idle").statusCode(), state.word());
    }
    web.siblings.tell(room);
    delivery(DeliveryRow.State.SENDING);
    Problem.assertIs(503, "busy", web.get("/health/idle"));
  }

  private void delivery(DeliveryRow.State state) {
    long recording = LedgerRows.recording(web.ledger);
    SegmentRow open = LedgerRows.open(web.ledger, recording, Path.of("/r"), "a.flv");
    LedgerRows.tell(
        web.ledger,
        rows -> {
          rows.closeSegment(open, LedgerRows.NOW, List.of("nas"));
          DeliveryRow row = rows.deliveries(java.util.Optional.empty(), Long.MAX_VALUE, 1).get(0);
          rows.updateDelivery(in(row, state));
        });
  }

  /** The row in another state. */
  static DeliveryRow in(DeliveryRow row, DeliveryRow.State state) {
    return new DeliveryRow(
        row.id(),
        row.recording(),
        row.segment(),
        row.roomId(),
        row.root(),
        row.file(),
        row.target(),
        state,
        row.bytes(),
        1,
        row.nextTryAt(),
        row.error(),
        row.remote(),
        row.createdAt(),
        row.doneAt());
  }

  @Test
  void reportsInSentences() {
    web.siblings.put("http://a.test", RoomState.UNKNOWN);
    delivery(DeliveryRow.State.NEEDS_YOU);
    JsonNode report = WebFixture.tree(web.get("/api/v1/health"));
    assertEquals("1.2.3", report.get("version").asText());
    List<String> found = report.get("checks").findValuesAsText("key").stream().sorted().toList();
    assertEquals(List.of("deliveries", "folder", "ledger", "machine", "rooms"), found);
    String text = report.toString();
    assertTrue(text.contains("1 rooms are unclear or refused"), text);
    assertTrue(text.contains("1 deliveries need you"), text);
  }
}
