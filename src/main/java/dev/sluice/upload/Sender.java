package dev.sluice.upload;

import dev.sluice.bus.DeliveryCommand;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Ledger;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one try of a delivery through: the row says sending before the first byte is sent, and
 * what the target answered before the next try begins. Belongs to one event loop.
 */
final class Sender {
  /** Between two attempts to use a ledger that refuses. */
  static final Duration LEDGER_PAUSE = Duration.ofSeconds(5);

  private static final Future<Void> END = Future.succeededFuture();
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final Context context;
  private final Ledger ledger;
  private final DeliverySteps steps;
  private final Announcer announcer;
  private final Map<Long, DeliveryRow.State> wishes = new HashMap<>();
  private boolean stopping;

  Sender(Context context, Ledger ledger, DeliverySteps steps) {
    this.context = context;
    this.ledger = ledger;
    this.steps = steps;
    this.announcer = new Announcer(context.owner());
  }

  /** Begins nothing more and tries no longer to store what the ledger refuses. */
  void stop() {
    stopping = true;
  }

  /** Completes when the try has ended and its outcome is stored; fails if the ledger refuses. */
  Future<Void> send(long delivery, Target target) {
    return ask(rows -> DeliverySteps.claim(rows, delivery))
        .compose(claimed -> claimed.map(row -> deliver(row, target)).orElse(END))
        .onComplete(end -> wishes.remove(delivery));
  }

  /** Carries a wish out on a delivery that is not being sent. */
  Future<DeliveryCommand.Reply> wish(long delivery, DeliveryCommand.Action action) {
    return ask(rows -> {
          boolean known = rows.delivery(delivery).isPresent();
          return new Retried(known, DeliverySteps.wish(rows, delivery, action).stream().toList());
        })
        .map(this::told);
  }

  /** What the row of a delivery is to say if its try ends without an outcome. */
  void wishAfter(long delivery, DeliveryRow.State wished) {
    wishes.put(delivery, wished);
  }

  /** Makes every delivery that failed due at once. */
  Future<DeliveryCommand.Reply> retryAll() {
    return ask(rows -> new Retried(true, DeliverySteps.retryAll(rows)))
        .map(this::told)
        .map(reply -> new DeliveryCommand.Reply(DeliveryCommand.Result.DONE, reply.count()));
  }

  private record Retried(boolean known, List<DeliveryRow> rows) {}

  private DeliveryCommand.Reply told(Retried retried) {
    retried.rows().forEach(announcer::state);
    DeliveryCommand.Result failed =
        retried.known() ? DeliveryCommand.Result.NOT_FITTING : DeliveryCommand.Result.NOT_FOUND;
    return new DeliveryCommand.Reply(
        retried.rows().isEmpty() ? failed : DeliveryCommand.Result.DONE, retried.rows().size());
  }

  /** These and no others need a person now. */
  void needingYou(List<DeliveryRow> rows) {
    announcer.only(rows);
  }

  /** Runs work in the ledger and answers on this event loop. */
  <T> Future<T> ask(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), context);
  }

  private Future<Void> deliver(DeliveryRow row, Target target) {
    if (stopping) {
      return END;
    }
    announcer.state(row);
    long began = System.nanoTime();
    return Future.fromCompletionStage(
            target.deliver(row, sent -> progress(row, sent, System.nanoTime() - began)), context)
        .otherwise(e -> new Outcome.Retry("the try failed unexpectedly: " + e))
        .map(outcome -> steps.after(row, outcome, Instant.now(), random()))
        .map(after -> after.or(() -> givenUp(row)))
        .compose(after -> after.map(this::store).orElse(END));
  }

  private Optional<DeliveryRow> givenUp(DeliveryRow row) {
    return stopping
        ? Optional.empty()
        : Optional.of(
            DeliverySteps.givenUp(row, wishes.getOrDefault(row.id(), DeliveryRow.State.WAITING)));
  }

  /** Called by the target's thread. */
  private void progress(DeliveryRow row, long sentBytes, long nanos) {
    context.runOnContext(now -> announcer.progress(row, sentBytes, nanos));
  }

  /** Keeps trying: until it is stored, the outcome is known here alone. */
  private Future<Void> store(DeliveryRow row) {
    return ask(rows -> update(rows, row))
        .onSuccess(announcer::state)
        .<Void>mapEmpty()
        .recover(e -> stopping ? Future.failedFuture(e) : storeLater(row, e));
  }

  private Future<Void> storeLater(DeliveryRow row, Throwable e) {
    LOG.warn("delivery {} cannot be stored yet: {}", row.id(), e.getMessage());
    return context
        .owner()
        .timer(LEDGER_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(later -> store(row));
  }

  private static DeliveryRow update(Ledger.Rows rows, DeliveryRow row) {
    rows.updateDelivery(row);
    return row;
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
