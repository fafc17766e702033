package dev.sluice.ledger;

import static dev.sluice.ledger.LedgerRows.NOW;
import static dev.sluice.ledger.LedgerRows.ROOM;
import static dev.sluice.ledger.LedgerRows.ask;
import static dev.sluice.ledger.LedgerRows.tell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCallsTest {
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
  void nothingOfAFailedCallIsStored() {
    assertThrows(
        IllegalStateException.class,
        () ->
            tell(
                ledger,
                rows -> {
                  rows.beginRecording(ROOM, "Room", "", NOW);
                  throw new IllegalStateException("planted");
                }));
    tell(ledger, rows -> rows.setStopped(ROOM, true));
    LedgerException refused =
        assertThrows(
            LedgerException.class,
            () ->
                tell(
                    ledger,
                    rows -> {
                      rows.beginRecording(ROOM, "Room", "", NOW);
                      rows.addGap(99, new GapRow(0, 1, "no such recording"));
                    }));
    assertTrue(refused.getMessage().contains("FOREIGN KEY"), refused.getMessage());
    tell(ledger, rows -> rows.setStopped(ROOM, false));
    reopen();
    assertEquals(Optional.empty(), ask(ledger, rows -> rows.lastRecording(ROOM)));
  }

  @Test
  void tooManyWaitingCallsFailAndThoseAcceptedAreDone() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    CompletableFuture<Void> blocker =
        ledger.call(
            rows -> {
              try {
                free.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return null;
            });
    CompletableFuture<Long> last = null;
    for (int i = 0; i < SqliteLedger.MAX_WAITING - 1; i++) {
      last = ledger.call(rows -> rows.epoch(ROOM));
    }
    assertFalse(last.isDone());
    ledger.call(rows -> 0);
    CompletableFuture<Integer> tooMany = ledger.call(rows -> 0);
    assertTrue(tooMany.isCompletedExceptionally());
    assertTrue(
        assertThrows(ExecutionException.class, tooMany::get).getCause() instanceof LedgerException);
    free.countDown();
    blocker.get();
    ledger.close();
    assertEquals(0L, last.get());
    assertTrue(ledger.call(rows -> 0).isCompletedExceptionally(), "closed");
  }

  @Test
  void aRefusalDoesNotTellTheAddressOfTheRoom() {
    RoomKey room = new RoomKey("direct", "http://example.test/live.flv?token=s3cret");
    long recording = ask(ledger, rows -> rows.beginRecording(room, "Room", "", NOW));
    tell(ledger, rows -> rows.beginAttempt(room, 1, recording, NOW));
    LedgerException refused =
        assertThrows(
            LedgerException.class,
            () -> tell(ledger, rows -> rows.beginAttempt(room, 1, recording, NOW)));
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
  }
}
