package dev.sluice.notify;

import dev.sluice.bus.Notice;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.WebhookRow;
import dev.sluice.room.Reason;
import dev.sluice.settings.Settings.Webhook;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one webhook, one after the other in their order: the next one waits until the one
 * before it is taken or given up. Belongs to one event loop.
 */
final class HookLane {
  private static final Logger LOG = LoggerFactory.getLogger(HookLane.class);
  private static final Duration LONGEST_NAP = Duration.ofMinutes(1);
  private static final String FAILING = "webhook.failing";
  private static final int TRIES_UNTIL_TOLD = 5;

  private final Context context;
  private final Ledger ledger;
  private final HookSender sender;
  private final HookSteps steps;
  private final Supplier<Optional<Webhook>> hook;
  private boolean busy;
  private boolean again;
  private boolean hurry;
  private boolean stopped;
  private long nap = -1;

  HookLane(
      Context context,
      Ledger ledger,
      HookSender sender,
      HookSteps steps,
      Supplier<Optional<Webhook>> hook) {
    this.context = context;
    this.ledger = ledger;
    this.sender = sender;
    this.steps = steps;
    this.hook = hook;
  }

  /** Sends what is due; one look at a time. */
  void look() {
    Optional<Webhook> now = hook.get();
    again = busy;
    if (busy || stopped || now.isEmpty()) {
      return;
    }
    busy = true;
    ask(rows -> rows.webhooks().next(now.get().name()))
        .compose(next -> next.map(row -> due(now.get(), row)).orElse(Future.succeededFuture(false)))
        .onComplete(
            sent -> {
              busy = false;
              if (sent.failed()) {
                LOG.warn(
                    "webhook {}: the ledger does not answer: {}",
                    now.get().name(),
                    sent.cause().getMessage());
                nap(LONGEST_NAP);
              } else if (sent.result() || again) {
                look();
              }
            });
  }

  /** Does not wait for the end of the present pause. */
  void hurry() {
    hurry = true;
    look();
  }

  /** Begins nothing more; what is under way waits in the ledger for the next start. */
  void stop() {
    stopped = true;
    context.owner().cancelTimer(nap);
  }

  /** Answers whether the next one may be looked at. */
  private Future<Boolean> due(Webhook now, WebhookRow row) {
    Duration wait = HookSteps.wait(row, Instant.now());
    if (!wait.isZero() && !hurry) {
      nap(wait);
      return Future.succeededFuture(false);
    }
    hurry = false;
    return sender.send(now, row).compose(answer -> store(row, answer));
  }

  private Future<Boolean> store(WebhookRow row, HookAnswer answer) {
    if (stopped && !answer.ok()) {
      return Future.succeededFuture(false);
    }
    double random = ThreadLocalRandom.current().nextDouble();
    WebhookRow after = steps.after(row, answer, Instant.now(), random);
    tell(after);
    return ask(
        rows -> {
          rows.webhooks().update(after);
          return true;
        });
  }

  private void tell(WebhookRow row) {
    String name = row.webhook();
    if (row.state() == WebhookRow.State.DONE) {
      Topics.NOTICE.publish(context.owner(), Notice.over(FAILING, name));
      return;
    }
    String error = row.error().orElse("");
    LOG.warn("webhook {}: {} is not taken, try {}: {}", name, row.type(), row.tries(), error);
    if (row.tries() >= TRIES_UNTIL_TOLD) {
      String text = "webhook " + name + " does not take events: " + error;
      Reason reason = new Reason(FAILING, Map.of("name", name, "error", error), text);
      Topics.NOTICE.publish(
          context.owner(), Notice.about(name, Notice.Level.WARNING, Optional.empty(), reason));
    }
  }

  private void nap(Duration length) {
    context.owner().cancelTimer(nap);
    long millis = Math.max(1, Math.min(length.toMillis(), LONGEST_NAP.toMillis()));
    nap = context.owner().setTimer(millis, timer -> look());
  }

  private <T> Future<T> ask(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), context);
  }
}
