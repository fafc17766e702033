package dev.sluice.ledger;

import static dev.sluice.ledger.LedgerRows.NOW;
import static dev.sluice.ledger.LedgerRows.ROOM;
import static dev.sluice.ledger.LedgerRows.ask;
import static dev.sluice.ledger.LedgerRows.closed;
import static dev.sluice.ledger.LedgerRows.open;
import static dev.sluice.ledger.LedgerRows.ready;
import static dev.sluice.ledger.LedgerRows.recording;
import static dev.sluice.ledger.LedgerRows.tell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest {
  private static final Path ROOT = Path.of("/recordings");

  @TempDir Path dir;
  private SqliteLedger ledger;

  @BeforeEach
  void openLedger() {
    ledger = SqliteLedger.open(dir.resolve("ledger.db"));
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  private void reopen() {
    ledger.close();
    openLedger();
  }

  @Test
  void everyRowComesBackAsItWasEnteredAlsoAfterARestart() {
    long recording = recording(ledger);
    SegmentRow open = open(ledger, recording, ROOT, "a/b.flv");
    SegmentRow closed = closed(open, 1234);
    tell(
        ledger,
        rows -> {
          rows.closeSegment(closed, NOW, List.of("nas"));
          rows.addGap(recording, new GapRow(500, 60, "connection lost"));
          rows.touchRecording(recording, NOW.plusSeconds(9), 3);
          rows.setStopped(ROOM, true);
        });
    reopen();

    assertEquals(Optional.of(closed), ask(ledger, rows -> rows.segment(open.id())));
    assertEquals(
        List.of(new GapRow(500, 60, "connection lost")), ask(ledger, r -> r.gapsOf(recording)));
    RecordingRow row = ask(ledger, rows -> rows.lastRecording(ROOM)).orElseThrow();
    assertEquals(
        new RecordingRow(
            recording,
            ROOM,
            "Room",
            "Title",
            NOW,
            Optional.empty(),
            NOW.plusSeconds(9),
            3,
            Optional.empty()),
        row);
    assertEquals(true, ask(ledger, rows -> rows.isStopped(ROOM)));
    tell(ledger, rows -> rows.setStopped(ROOM, false));
    assertEquals(false, ask(ledger, rows -> rows.isStopped(ROOM)));
    assertEquals(1L, (Object) ask(ledger, rows -> rows.epoch(ROOM)));
  }

  @Test
  void anEpochIsNeverGivenTwice() {
    long recording = recording(ledger);
    assertThrows(
        LedgerException.class,
        () -> tell(ledger, rows -> rows.beginAttempt(ROOM, 1, recording, NOW)));
    tell(ledger, rows -> rows.endAttempt(ROOM, 1, NOW, "over"));
    tell(ledger, rows -> rows.beginAttempt(ROOM, 5, recording, NOW));
    assertEquals(5L, (Object) ask(ledger, rows -> rows.epoch(ROOM)));
  }

  @Test
  void anOvertakenAttemptOpensNoSegment() {
    long recording = recording(ledger);
    SegmentRow open = open(ledger, recording, ROOT, "a.flv");
    tell(ledger, rows -> rows.beginAttempt(ROOM, 2, recording, NOW));
    LedgerException refused =
        assertThrows(LedgerException.class, () -> tell(ledger, rows -> rows.openSegment(open)));
    assertTrue(refused.getMessage().contains("attempt 2 has taken over"), refused.getMessage());
  }

  @Test
  void closingTwiceAddsNothing() {
    SegmentRow open = open(ledger, recording(ledger), ROOT, "a.flv");
    tell(ledger, rows -> rows.closeSegment(closed(open, 10), NOW, List.of("nas", "usb")));
    tell(ledger, rows -> rows.segmentReady(open.id()));
    tell(ledger, rows -> rows.closeSegment(closed(open, 99), NOW, List.of("nas", "usb", "third")));

    assertEquals(2, ask(ledger, r -> r.deliveries(Optional.empty(), Long.MAX_VALUE, 10)).size());
    SegmentRow row = ask(ledger, rows -> rows.segment(open.id())).orElseThrow();
    assertEquals(SegmentRow.State.READY, row.state());
    assertEquals(10, row.bytes());
  }

  @Test
  void endingTwiceAddsNothing() {
    SegmentRow ready = ready(ledger, ROOT, "a.flv", 10);
    Optional<String> coverage = Optional.of("a.coverage.json");
    tell(ledger, r -> r.endRecording(ready.recording(), NOW, coverage, List.of("nas")));
    tell(
        ledger,
        r -> r.endRecording(ready.recording(), NOW.plusSeconds(5), coverage, List.of("usb")));

    List<DeliveryRow> due = ask(ledger, rows -> rows.deliveriesDue(NOW, 10));
    assertEquals(1, due.size());
    assertEquals(0, due.get(0).segment());
    assertEquals(ROOT, due.get(0).root());
    assertEquals("a.coverage.json", due.get(0).file());
    RecordingRow row = ask(ledger, rows -> rows.recording(ready.recording())).orElseThrow();
    assertEquals(Optional.of(NOW), row.endedAt());
    assertTrue(ask(ledger, Ledger.Rows::unendedRecordings).isEmpty());
  }

  @Test
  void onlyReadyFilesAreDueAndTheOldestComesFirst() {
    SegmentRow notReady = open(ledger, recording(ledger), ROOT, "z.flv");
    tell(ledger, rows -> rows.closeSegment(closed(notReady, 1), NOW, List.of("nas")));
    ready(ledger, ROOT, "a.flv", 1, "nas", "usb");
    ready(ledger, ROOT, "b.flv", 1, "nas");

    assertEquals(
        List.of("a.flv nas", "a.flv usb", "b.flv nas"),
        ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).stream()
            .map(row -> row.file() + " " + row.target())
            .toList());
    assertEquals(
        List.of("a.flv nas", "a.flv usb"),
        ask(ledger, rows -> rows.nextDeliveries(NOW)).stream()
            .map(row -> row.file() + " " + row.target())
            .toList());
  }

  @Test
  void whatLiesInTheTrashHoldsNoLaterFileOfTheSameNameUp() {
    SegmentRow first = ready(ledger, ROOT, "a.flv", 1, "nas");
    ready(ledger, ROOT, "a.flv", 1, "nas");
    long later =
        ask(ledger, rows -> rows.deliveries(Optional.empty(), Long.MAX_VALUE, 1)).get(0).id();
    dispose(first.recording(), Disposal.KEPT, Disposal.TRASHING);
    assertEquals(
        List.of(later),
        ask(ledger, rows -> rows.nextDeliveries(NOW)).stream().map(DeliveryRow::id).toList());
  }

  private void dispose(long recording, Disposal from, Disposal to) {
    tell(ledger, rows -> rows.storage().dispose(recording, from, to, NOW, Optional.of("x")));
  }

  @Test
  void aRetryWaitsForItsTimeUnlessTheClockWasSetBack() {
    ready(ledger, ROOT, "a.flv", 1, "nas");
    DeliveryRow row = ask(ledger, rows -> rows.deliveriesDue(NOW, 1)).get(0);
    Instant next = NOW.plusSeconds(30);
    tell(ledger, rows -> rows.updateDelivery(with(row, DeliveryRow.State.RETRY, next)));

    assertEquals(Optional.of(next), ask(ledger, Ledger.Rows::nextRetry));
    Disposal trash = Disposal.TRASHED;
    dispose(row.recording(), Disposal.KEPT, trash);
    assertEquals(Optional.empty(), ask(ledger, Ledger.Rows::nextRetry), "nobody waits for it");
    dispose(row.recording(), trash, Disposal.KEPT);
    assertEquals(Optional.of(next), ask(ledger, Ledger.Rows::nextRetry));
    assertTrue(ask(ledger, rows -> rows.deliveriesDue(NOW, 1)).isEmpty());
    assertEquals(1, ask(ledger, rows -> rows.deliveriesDue(next, 1)).size());
    Instant longAgo = NOW.minus(Duration.ofDays(400));
    assertEquals(1, ask(ledger, rows -> rows.deliveriesDue(longAgo, 1)).size());
  }

  @Test
  void theSameFileIsNeverDueTwiceForATarget() {
    ready(ledger, ROOT, "a.flv", 1, "nas");
    ready(ledger, ROOT, "a.flv", 1, "nas");
    DeliveryRow first = ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).get(0);
    assertEquals(1, ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).size());
    tell(ledger, rows -> rows.updateDelivery(with(first, DeliveryRow.State.SENDING, NOW)));
    assertTrue(ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).isEmpty());
    tell(ledger, rows -> rows.updateDelivery(with(first, DeliveryRow.State.DONE, NOW)));
    assertEquals(1, ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).size());
  }

  @Test
  void whatIsDoneStaysDone() {
    ready(ledger, ROOT, "a.flv", 1, "nas");
    DeliveryRow row = ask(ledger, rows -> rows.deliveriesDue(NOW, 1)).get(0);
    tell(ledger, rows -> rows.updateDelivery(with(row, DeliveryRow.State.DONE, NOW)));
    tell(ledger, rows -> rows.updateDelivery(with(row, DeliveryRow.State.RETRY, NOW)));
    assertEquals(
        DeliveryRow.State.DONE, ask(ledger, r -> r.delivery(row.id())).orElseThrow().state());
  }

  @Test
  void sendingBecomesWaitingAfterARestart() {
    ready(ledger, ROOT, "a.flv", 1, "nas", "usb");
    DeliveryRow row = ask(ledger, rows -> rows.deliveriesDue(NOW, 1)).get(0);
    tell(ledger, rows -> rows.updateDelivery(with(row, DeliveryRow.State.SENDING, NOW)));
    assertEquals(1, ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).size());
    reopen();
    assertEquals(1, ask(ledger, Ledger.Rows::requeueSending));
    assertEquals(2, ask(ledger, rows -> rows.deliveriesDue(NOW, 10)).size());
  }

  @Test
  void aDroppedSegmentLeavesItsIndexFree() {
    long recording = recording(ledger);
    SegmentRow dropped = open(ledger, recording, ROOT, "a.flv");
    tell(ledger, rows -> rows.dropSegment(dropped.id()));
    SegmentRow again = open(ledger, recording, ROOT, "a.flv");
    assertEquals(1, again.index());
    assertTrue(again.id() > dropped.id(), "row ids are not used again");
    tell(ledger, rows -> rows.closeSegment(closed(again, 1), NOW, List.of()));
    tell(ledger, rows -> rows.dropSegment(again.id()));
    assertTrue(ask(ledger, rows -> rows.segment(again.id())).isPresent(), "closed is kept");
  }

  @Test
  void pagesOfRowsComeNewestFirst() {
    for (String file : List.of("a", "b", "c")) {
      ready(ledger, ROOT, file, 1, "nas");
    }
    List<DeliveryRow> page =
        ask(ledger, r -> r.deliveries(Optional.of(DeliveryRow.State.WAITING), Long.MAX_VALUE, 2));
    assertEquals(List.of("c", "b"), page.stream().map(DeliveryRow::file).toList());
    long before = page.get(1).id();
    assertEquals(
        List.of("a"),
        ask(ledger, r -> r.deliveries(Optional.empty(), before, 2)).stream()
            .map(DeliveryRow::file)
            .toList());
    assertEquals(2, ask(ledger, rows -> rows.recordings(Long.MAX_VALUE, 2)).size());
  }

  private static DeliveryRow with(DeliveryRow row, DeliveryRow.State state, Instant next) {
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
        row.tries(),
        Optional.of(next),
        row.error(),
        row.remote(),
        row.createdAt(),
        row.doneAt());
  }
}
