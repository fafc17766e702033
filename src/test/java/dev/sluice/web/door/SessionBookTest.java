package dev.sluice.web.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionBookTest {
  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private final SessionBook book = new SessionBook();

  private SessionRow session(long id, Instant created, Instant seen) {
    SessionRow row = new SessionRow(id, Tokens.hash("token " + id), created, seen, "", "");
    book.add(row);
    return row;
  }

  private boolean isIn(long id, Instant at) {
    return book.find("token " + id, Instant.EPOCH, at).isPresent();
  }

  @Test
  void endsTwelveHoursAfterItsLastUse() {
    SessionRow row = session(1, NOW, NOW);
    assertTrue(isIn(1, NOW.plus(SessionBook.IDLE).minusMillis(1)));
    assertFalse(isIn(1, NOW.plus(SessionBook.IDLE)));
    book.seen(row, NOW.plus(Duration.ofHours(11)));
    assertTrue(isIn(1, NOW.plus(Duration.ofHours(22))));
  }

  @Test
  void endsAfterThirtyDaysHoweverMuchItIsUsed() {
    SessionRow row = session(1, NOW, NOW);
    Instant last = NOW.plus(SessionBook.ABSOLUTE).minusMillis(1);
    book.seen(row, last);
    assertTrue(isIn(1, last));
    assertFalse(isIn(1, last.plusMillis(1)));
    assertEquals(1, book.removeEnded(Instant.EPOCH, last.plusMillis(1)).size());
    assertTrue(book.all(Instant.EPOCH, NOW).isEmpty());
  }

  @Test
  void countsOnlyFromThePasswordOn() {
    session(1, NOW, NOW);
    assertTrue(book.find("token 1", NOW, NOW).isPresent());
    assertFalse(book.find("token 1", NOW.plusMillis(1), NOW).isPresent());
    assertFalse(book.counts(1, NOW.plusMillis(1), NOW));
  }

  @Test
  void aNewOnePushesOutTheOneThatWasNotUsedForLongest() {
    for (int id = 1; id <= SessionBook.MAX; id++) {
      session(id, NOW, NOW.plusSeconds(id == 7 ? 0 : id));
    }
    SessionRow extra = new SessionRow(999, Tokens.hash("token 999"), NOW, NOW, "", "");
    Optional<SessionRow> out = book.add(new SessionRow(999, extra.hash(), NOW, MAX_SEEN, "", ""));
    assertEquals(7, out.orElseThrow().id());
    assertFalse(isIn(7, NOW));
    assertTrue(isIn(999, NOW));
  }

  private static final Instant MAX_SEEN = NOW.plusSeconds(1000);

  @Test
  void useIsWorthADiskWriteOnlyEveryFiveMinutes() {
    SessionRow row = session(1, NOW, NOW);
    assertFalse(book.seen(row, NOW.plusSeconds(299)));
    assertTrue(book.seen(row, NOW.plusSeconds(300)));
    assertFalse(book.seen(row, NOW.plusSeconds(301)));
  }

  @Test
  void allButOneAreForgotten() {
    session(1, NOW, NOW);
    session(2, NOW, NOW);
    book.removeBut(2);
    assertEquals(List.of(2L), book.all(Instant.EPOCH, NOW).stream().map(SessionRow::id).toList());
  }
}
