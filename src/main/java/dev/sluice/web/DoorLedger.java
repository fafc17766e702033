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

  private final Vertx vertx;
  private final Ledger ledger;

  DoorLedger(Vertx vertx, Ledger ledger) {
    this.vertx = vertx;
    this.ledger = ledger;
  }

  <T> Future<T> ask(Function<DoorRows, T> work) {
    return Future.fromCompletionStage(
        ledger.call(rows -> work.apply(rows.door())), vertx.getOrCreateContext());
  }

  /** What may be lost if the ledger refuses: it is told in the log. */
  Future<Void> tell(Consumer<DoorRows> work) {
    Function<DoorRows, Void> run =
        rows -> {
          work.accept(rows);
          return null;
        };
    return ask(run)
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
