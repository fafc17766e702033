package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.EndCause;
import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:15:00.5Z");
  private static final RoomStatus ROOM = FakeSiblings.room("http://a", RoomState.RECORDING);
  private static final RoomStatus OTHER = FakeSiblings.room("http://b", RoomState.WAITING);

  private final LiveView view =
      new LiveView(JsonNodeFactory.instance.objectNode().put("version", "1"));

  private JsonNode delta() {
    return WebFixture.tree(view.delta(NOW).orElseThrow());
  }

  private JsonNode snapshot() {
    return WebFixture.tree(view.snapshot(NOW));
  }

  private static RecordingProgress progress(long epoch, long bytes) {
    return new RecordingProgress(
        ROOM.key(), epoch, 12, true, bytes, bytes, 5, 71200, 1, 0, 0, "q", "f.flv");
  }

  private static RecordingEnded ended(long epoch) {
    return new RecordingEnded(ROOM.key(), 1, epoch, 12, EndCause.OVER, Reason.of("over", "over"));
  }

  private static DeliveryRow delivery(long id, DeliveryRow.State state) {
    return new DeliveryRow(
        id,
        12,
        1,
        ROOM.id(),
        Path.of("/r"),
        "f" + id + ".flv",
        "nas",
        state,
        100,
        1,
        Optional.empty(),
        Optional.of("far side says <no>"),
        Optional.empty(),
        NOW,
        Optional.empty());
  }

  @Test
  void countsFromTheSnapshotOn() {
    assertEquals(1, snapshot().get("n").asLong());
    view.take(ROOM);
    assertEquals(2, delta().get("n").asLong());
    assertEquals(2, snapshot().get("n").asLong());
    view.take(OTHER);
    assertEquals(3, delta().get("n").asLong());
  }

  @Test
  void saysNothingWhenNothingLooksDifferent() {
    view.take(List.of(ROOM));
    delta();
    view.take(List.of(ROOM));
    view.take(ROOM);
    assertTrue(view.delta(NOW).isEmpty());
  }

  @Test
  void takesMomentsThatWanderForTheSame() {
    view.take(ROOM);
    delta();
    view.take(since(ROOM.since().plusMillis(90)));
    assertTrue(view.delta(NOW).isEmpty());
    view.take(since(ROOM.since().plusSeconds(2)));
    assertEquals("2026-11-24T20:15:02Z", delta().at("/rooms/0/since").asText());
  }

  private static RoomStatus since(Instant at) {
    return new RoomStatus(
        ROOM.id(),
        ROOM.key(),
        ROOM.links(),
        ROOM.name(),
        ROOM.mode(),
        ROOM.targets(),
        ROOM.state(),
        ROOM.reason(),
        at,
        ROOM.nextLook(),
        false);
  }

  @Test
  void keepsTheOrderItIsToldAndForgetsTheRest() {
    view.take(List.of(ROOM, OTHER));
    delta();
    view.take(List.of(OTHER, ROOM));
    assertEquals(List.of(OTHER.id(), ROOM.id()), snapshot().get("rooms").findValuesAsText("id"));
    view.take(List.of(ROOM));
    assertEquals("[\"" + OTHER.id() + "\"]", delta().get("removed").toString());
    view.take(FakeSiblings.removed(ROOM));
    assertEquals("[\"" + ROOM.id() + "\"]", delta().get("removed").toString());
    assertEquals("[]", snapshot().get("rooms").toString());
  }

  @Test
  void tellsOnlyTheLastOfARoomThatComesBack() {
    view.take(ROOM);
    delta();
    view.take(FakeSiblings.removed(ROOM));
    view.take(ROOM);
    JsonNode delta = delta();
    assertEquals("[]", delta.get("removed").toString());
    assertEquals(ROOM.id(), delta.at("/rooms/0/id").asText());
  }

  @Test
  void showsARecordingOnceItsBeginningIsKnown() {
    view.take(ROOM);
    view.take(progress(7, 100));
    assertTrue(delta().at("/rooms/0/recording").isNull());
    assertEquals(Optional.of(12L), view.room(ROOM.id()).orElseThrow().unknownStart());
    view.startedAt(12, NOW);
    JsonNode recording = delta().at("/rooms/0/recording");
    assertEquals("12", recording.get("id").asText());
    assertEquals(7, recording.get("epoch").asLong());
    assertEquals("2026-11-24T20:15:00.500Z", recording.get("started_at").asText());
    assertEquals(100, recording.get("bytes").asLong());
    view.take(progress(7, 200));
    assertEquals(200, delta().at("/rooms/0/recording/bytes").asLong());
    assertEquals(200, view.progress(12).orElseThrow().bytes());
  }

  @Test
  void takesNoLateWordOfAnAttemptThatIsOver() {
    view.take(ROOM);
    view.take(progress(7, 100));
    view.startedAt(12, NOW);
    view.take(ended(7));
    view.take(progress(7, 150));
    JsonNode delta = delta();
    assertTrue(delta.at("/rooms/0/recording").isNull());
    assertEquals("[\"12\"]", delta.get("recordings").toString());
    view.take(progress(8, 160));
    view.take(ended(7));
    assertEquals(160, delta().at("/rooms/0/recording/bytes").asLong());
  }

  @Test
  void hearsOfRoomsThatItDoesNotKnowWithoutHarm() {
    view.take(progress(7, 100));
    view.counts(ROOM.id(), Map.of());
    view.take(FakeSiblings.removed(ROOM));
    assertTrue(view.delta(NOW).isEmpty());
    assertEquals(0, view.rooms().size());
  }

  @Test
  void countsDeliveriesOfARoom() {
    view.take(ROOM);
    view.counts(ROOM.id(), Map.of(DeliveryRow.State.DONE, 41L));
    assertEquals(
        "{\"waiting\":0,\"sending\":0,\"retry\":0,\"needs_you\":0,\"paused\":0,\"skipped\":0,\"done\":41}",
        delta().at("/rooms/0/deliveries").toString());
  }

  @Test
  void knowsWhenARowHasToBeReadAgain() {
    DeliveryNews news = new DeliveryNews(5, "sending", 10, 100, 3);
    assertTrue(view.take(news));
    view.take(delivery(5, DeliveryRow.State.WAITING), "Room");
    assertTrue(view.take(news));
    assertEquals(0, delta().at("/deliveries/0/sent_bytes").asLong());
    view.take(delivery(5, DeliveryRow.State.SENDING), "Room");
    assertFalse(view.take(new DeliveryNews(5, "sending", 20, 100, 3)));
    JsonNode json = delta().at("/deliveries/0");
    assertEquals(20, json.get("sent_bytes").asLong());
    assertEquals("far side says <no>", json.get("error").asText());
    assertEquals("Room", json.get("room_name").asText());
  }

  @Test
  void keepsFewThatAreDoneAndNotAnyNumberThatWait() {
    for (int i = 1; i <= 50; i++) {
      view.take(delivery(i, DeliveryRow.State.DONE), "Room");
    }
    assertEquals(50, delta().get("deliveries").size());
    List<String> ids = snapshot().get("deliveries").findValuesAsText("id");
    assertEquals(LiveView.DONE_KEPT, ids.size());
    assertEquals("50", ids.get(0));
    for (int i = 100; i < 100 + 2 * LiveView.MAX_DELIVERIES; i++) {
      view.take(delivery(i, DeliveryRow.State.WAITING), "Room");
    }
    assertEquals(LiveView.MAX_DELIVERIES, snapshot().get("deliveries").size());
  }

  @Test
  void tellsStorageWhenItChanges() {
    StorageGate gate = new StorageGate(Path.of("/r"), false, 1, 2);
    view.take(gate);
    assertEquals(
        "[{\"root\":\"/r\",\"open\":false,\"free_bytes\":1,\"total_bytes\":2}]",
        delta().get("storage").toString());
    view.take(gate);
    assertTrue(view.delta(NOW).isEmpty());
    assertEquals(1, snapshot().get("storage").size());
  }

  private static NoticeList.Shown notice(String id, String text) {
    Reason reason = Reason.of("key", "n", "<b>", text);
    return new NoticeList.Shown(id, Notice.Level.ERROR, Optional.empty(), reason, NOW);
  }

  @Test
  void tellsNoticesThatCameChangedAndWent() {
    view.take(new NoticeList(List.of(notice("b", "two"), notice("a", "one"))));
    assertEquals(0, snapshot().get("notices").size());
    JsonNode told = delta().get("notices");
    assertEquals(2, told.size());
    assertEquals(
        "{\"id\":\"a\",\"since\":\"2026-11-24T20:15:00.500Z\",\"level\":\"error\","
            + "\"room_id\":null,\"text\":\"one\",\"key\":\"key\",\"values\":{\"n\":\"<b>\"}}",
        told.get(1).toString());
    assertEquals(2, snapshot().get("notices").size());
    assertTrue(view.delta(NOW).isEmpty());
    view.take(new NoticeList(List.of(notice("a", "one and a half"))));
    JsonNode next = delta();
    assertEquals("one and a half", next.at("/notices/0/text").asText());
    assertEquals(1, next.get("notices").size());
    assertEquals("[\"b\"]", next.get("notices_gone").toString());
    assertEquals(1, snapshot().get("notices").size());
  }

  @Test
  void boundsTheRecordingsItNames() {
    for (int i = 1; i <= 1000; i++) {
      view.touched(i);
    }
    view.touched(0);
    assertEquals(200, delta().get("recordings").size());
  }
}
