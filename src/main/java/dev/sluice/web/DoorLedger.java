package dev.sluice.web;

import dev.sluice.ledger.AuditRow;
import dev.sluice.ledger.DoorRows;
import dev.sluice.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the door keeps in the ledger. For the event loop of the web server. */
final class DoorLedger {
  /** Rows of the audit log. */
  static final int AUDIT_ROWS = 5000;

  private static final Logger LOG = LoggerFactory.getLogger(DoorLedger.class);
  private static final Duration LIKE_WITHIN = Duration.ofMinutes(10);
  private static final int MAX_TEXT = 200;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** A day and more. */
  private static final int MOST_TRIES = 20_000;

  private static final int MOST_AT_ONCE = 200;

  private static final Refusal UNSTORED =
      new Refusal(
          503,
          "door.unstored",
          "it holds from now on, but the disk has not taken it yet: it is tried again");

  private final Vertx vertx;
  private final Ledger ledger;
  private final long againMs;
  private int insisting;

  DoorLedger(Vertx vertx, Ledger ledger) {
    this(vertx, ledger, AGAIN);
  }

  /**
   * @param again between two tries of what must reach the disk
   */
  DoorLedger(Vertx vertx, Ledger ledger, Duration again) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.againMs = again.toMillis();
  }

  <T> Future<T> ask(Function<DoorRows, T> work) {
    return Future.fromCompletionStage(
        ledger.call(rows -> work.apply(rows.door())), vertx.getOrCreateContext());
  }

  /**
   * What takes a right away: it holds in this process already, and must reach the disk, or it is
   * back with the next start. Fails with a {@link Refusal} if the ledger refuses it, and goes on
   * trying for a day, unless too many others are tried already.
   */
  Future<Void> insist(Consumer<DoorRows> work) {
    return ask(done(work))
        .onFailure(failure -> insistLater(work, failure))
        .recover(failure -> Future.failedFuture(UNSTORED));
  }

  private void insistLater(Consumer<DoorRows> work, Throwable failure) {
    if (insisting < MOST_AT_ONCE) {
      insisting++;
      again(work, failure, 1);
    } else {
      LOG.error("the ledger did not take it and too much waits for it: {}", failure.getMessage());
    }
  }

  private void again(Consumer<DoorRows> work, Throwable failure, int tries) {
    LOG.warn("the ledger did not take it, try {}: {}", tries, failure.getMessage());
    if (tries == MOST_TRIES) {
      insisting--;
      return;
    }
    vertx.setTimer(
        againMs,
        id ->
            ask(done(work))
                .onSuccess(done -> insisting--)
                .onFailure(later -> again(work, later, tries + 1)));
  }

  private static Function<DoorRows, Void> done(Consumer<DoorRows> work) {
    return rows -> {
      work.accept(rows);
      return null;
    };
  }

  /** What may be lost if the ledger refuses: it is told in the log. */
  Future<Void> tell(Consumer<DoorRows> work) {
    return ask(done(work))
        .onFailure(failure -> LOG.warn("the ledger did not take it: {}", failure.getMessage()))
        .otherwiseEmpty();
  }

  /**
   * Notes something for the audit log.
   *
   * @param what a word, also a key of the page's texts
   */
  void audit(String what, String who, String address, String subject) {
    Instant now = Instant.now();
    AuditRow row = new AuditRow(0, now, now, 1, what, cut(who), cut(address), cut(subject));
    tell(rows -> rows.audit(row, LIKE_WITHIN, AUDIT_ROWS));
  }

  Future<List<AuditRow>> audits(long before, int limit) {
    return ask(rows -> rows.audits(before, limit));
  }

  /** Text from outside, short and of one line. */
  static String cut(String text) {
    String plain = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT);
  }
}
