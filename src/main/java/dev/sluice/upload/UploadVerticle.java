package dev.sluice.upload;

import dev.sluice.bus.DeliveryCommand;
import dev.sluice.bus.DeliveryCommand.Action;
import dev.sluice.bus.DeliveryOrder;
import dev.sluice.bus.DisposalNews;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.net.Backoff;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due deliveries from the ledger to their targets: one at a time for each target, targets
 * side by side. The rows decide, messages only make it look earlier. Deletes nothing.
 */
public final class UploadVerticle extends VerticleBase {
  /** Hints may be lost and clocks be set: it looks at least so often. */
  private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

  /** Of those that were stuck when the program began. */
  private static final int MAX_STUCK_TOLD = 1000;

  private static final long STOP_LIMIT_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(UploadVerticle.class);

  private final Ledger ledger;
  private final Supplier<Settings> settings;
  private final DeliverySteps steps;
  private final Targets targets = new Targets();
  private final Map<String, Running> running = new HashMap<>();
  private Sender sender;
  private Hold hold;
  private boolean looking;
  private boolean lookAgain;
  private boolean stopping;
  private long nap = -1;

  private record Running(long delivery, Target target, Promise<Void> ended) {}

  private record Due(List<DeliveryRow> next, Optional<Instant> nextRetry) {}

  public UploadVerticle(Ledger ledger, Supplier<Settings> settings) {
    this(ledger, settings, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10)));
  }

  UploadVerticle(Ledger ledger, Supplier<Settings> settings, Backoff backoff) {
    this.ledger = ledger;
    this.settings = settings;
    this.steps = new DeliverySteps(backoff);
  }

  @Override
  public Future<?> start() {
    sender = new Sender(context, ledger, steps);
    hold = new Hold(vertx);
    Topics.SEGMENT.consume(vertx, this::onSegment);
    Topics.RECORDING_ENDED.consume(vertx, news -> look());
    Topics.SETTINGS_CHANGED.consume(vertx, news -> onSettings());
    Topics.DISPOSAL.consume(vertx, this::onDisposal);
    Topics.DELIVERY_COMMAND.serve(vertx, this::onCommand);
    Topics.DELIVERY_ORDER.serve(vertx, this::onOrder);
    return sender
        .ask(Ledger.Rows::deliveriesHeldSince)
        .onSuccess(since -> hold.take(since))
        .compose(since -> sender.ask(UploadVerticle::begin))
        .onSuccess(stuck -> sender.needingYou(stuck))
        .onSuccess(stuck -> look());
  }

  /** Ends running copies within a second or so; their rows still say sending. */
  @Override
  public Future<?> stop() {
    stopping = true;
    sender.stop();
    running.values().forEach(one -> one.target().stop());
    List<Future<Void>> ended = running.values().stream().map(one -> one.ended().future()).toList();
    return Future.join(ended)
        .timeout(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)
        .otherwiseEmpty()
        .onComplete(all -> targets.close());
  }

  private void onDisposal(DisposalNews news) {
    sender.ask(UploadVerticle::stuck).onSuccess(rows -> sender.needingYou(rows));
    look();
  }

  /** Answers what needs a person. */
  private static List<DeliveryRow> begin(Ledger.Rows rows) {
    rows.requeueSending();
    return stuck(rows);
  }

  private static List<DeliveryRow> stuck(Ledger.Rows rows) {
    return rows.deliveries(
        Optional.of(DeliveryRow.State.NEEDS_YOU), Long.MAX_VALUE, MAX_STUCK_TOLD);
  }

  private void onSegment(SegmentNews news) {
    if (news.what() == SegmentNews.What.READY) {
      look();
    }
  }

  private void onSettings() {
    targets.keepOnly(settings.get());
    look();
  }

  private void onCommand(Message<DeliveryCommand> request) {
    long id = request.body().delivery();
    Action action = request.body().action();
    Future<DeliveryCommand.Reply> answer = id == 0 ? all(action) : one(id, action);
    answer
        .onSuccess(reply -> Topic.reply(request, reply))
        .onSuccess(reply -> look())
        .onFailure(e -> LOG.warn("a wish for deliveries failed: {}", e.getMessage()))
        .onFailure(e -> request.fail(1, "the ledger refuses: " + e.getMessage()));
  }

  private Future<DeliveryCommand.Reply> all(Action action) {
    if (action == Action.RETRY) {
      return sender.retryAll();
    }
    if (action == Action.SKIP) {
      return Future.succeededFuture(
          new DeliveryCommand.Reply(DeliveryCommand.Result.NOT_FITTING, 0));
    }
    Optional<Instant> since =
        action == Action.PAUSE ? Optional.of(Instant.now()) : Optional.empty();
    return sender
        .ask(
            rows -> {
              rows.holdDeliveries(since);
              return rows.deliveriesHeldSince();
            })
        .compose(
            held -> {
              hold.take(held);
              return held.isPresent() ? endAll() : Future.succeededFuture();
            })
        .map(done -> new DeliveryCommand.Reply(DeliveryCommand.Result.DONE, 0));
  }

  private Future<?> endAll() {
    return Future.join(List.copyOf(running.keySet()).stream().map(this::end).toList());
  }

  /** Ends the try that runs to this target; completes when its row says so, or after a while. */
  private Future<Void> end(String target) {
    Running now = running.get(target);
    now.target().stop();
    targets.forget(target);
    return now.ended().future().timeout(STOP_LIMIT_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
  }

  /** What is being sent is ended first; whether it got whole meanwhile is told by its row. */
  private Future<DeliveryCommand.Reply> one(long id, Action action) {
    Optional<Map.Entry<String, Running>> sending =
        running.entrySet().stream().filter(each -> each.getValue().delivery() == id).findFirst();
    Optional<DeliveryRow.State> wished = DeliverySteps.wished(action, DeliveryRow.State.SENDING);
    if (sending.isEmpty() || wished.isEmpty()) {
      return sender.wish(id, action);
    }
    sender.wishAfter(id, wished.get());
    return end(sending.get().getKey())
        .compose(ended -> sender.ask(rows -> rows.delivery(id)))
        .map(
            row -> {
              boolean heeded = row.filter(now -> now.state() == wished.get()).isPresent();
              return new DeliveryCommand.Reply(
                  heeded ? DeliveryCommand.Result.DONE : DeliveryCommand.Result.NOT_FITTING,
                  heeded ? 1 : 0);
            });
  }

  private void onOrder(Message<DeliveryOrder> request) {
    DeliveryOrder order = request.body();
    sender
        .ask(
            rows ->
                rows.orderDeliveries(
                    order.recording(), order.targets(), order.again(), Instant.now()))
        .onSuccess(count -> Topic.reply(request, new DeliveryOrder.Reply(count)))
        .onSuccess(count -> look())
        .onFailure(e -> request.fail(1, "the ledger refuses: " + e.getMessage()));
  }

  /** One look at a time; a hint that comes meanwhile makes another follow. */
  private void look() {
    lookAgain = looking;
    if (looking || stopping || hold.isHeld()) {
      return;
    }
    looking = true;
    Instant now = Instant.now();
    sender
        .ask(rows -> new Due(rows.nextDeliveries(now), rows.nextRetry()))
        .onSuccess(due -> nap(untilNextLook(due, now)))
        .onSuccess(due -> due.next().forEach(this::begin))
        .onFailure(e -> LOG.warn("deliveries cannot be read: {}", e.getMessage()))
        .onFailure(e -> nap(Sender.LEDGER_PAUSE))
        .onComplete(due -> looked());
  }

  private void looked() {
    looking = false;
    if (lookAgain) {
      look();
    }
  }

  /** A retry that is due but waits for its target is found when that gets free. */
  private static Duration untilNextLook(Due due, Instant now) {
    return due.nextRetry()
        .map(at -> Duration.between(now, at).plusMillis(1))
        .filter(wait -> wait.compareTo(Duration.ofMillis(1)) > 0)
        .filter(wait -> wait.compareTo(LONGEST_NAP) < 0)
        .orElse(LONGEST_NAP);
  }

  private void nap(Duration length) {
    vertx.cancelTimer(nap);
    nap = vertx.setTimer(length.toMillis(), timer -> look());
  }

  private void begin(DeliveryRow row) {
    if (stopping || hold.isHeld() || running.containsKey(row.target())) {
      return;
    }
    Target target = targets.find(settings.get(), row.target()).orElseGet(AbsentTarget::new);
    running.put(row.target(), new Running(row.id(), target, Promise.promise()));
    sender
        .send(row.id(), target)
        .onComplete(end -> running.remove(row.target()).ended().complete())
        .onFailure(e -> LOG.warn("delivery {} is put off: {}", row.id(), e.getMessage()))
        .onFailure(e -> nap(Sender.LEDGER_PAUSE))
        .onSuccess(end -> look());
  }
}
