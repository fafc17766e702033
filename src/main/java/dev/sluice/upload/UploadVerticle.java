package dev.sluice.upload;

import dev.sluice.bus.DeliveryCommand;
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
  private boolean looking;
  private boolean lookAgain;
  private boolean stopping;
  private long nap = -1;

  private record Running(Target target, Promise<Void> ended) {}

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
    Topics.SEGMENT.consume(vertx, this::onSegment);
    Topics.RECORDING_ENDED.consume(vertx, news -> look());
    Topics.SETTINGS_CHANGED.consume(vertx, news -> onSettings());
    Topics.DELIVERY_COMMAND.serve(vertx, this::onCommand);
    return sender
        .ask(UploadVerticle::begin)
        .onSuccess(stuck -> sender.tellStuck(stuck))
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

  /** Answers what needs a person. */
  private static List<DeliveryRow> begin(Ledger.Rows rows) {
    rows.requeueSending();
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
    Future<DeliveryCommand.Reply> answer = id == 0 ? sender.retryAll() : sender.retryNow(id);
    answer
        .onSuccess(reply -> Topic.reply(request, reply))
        .onSuccess(reply -> look())
        .onFailure(e -> LOG.warn("deliveries cannot be tried again: {}", e.getMessage()))
        .onFailure(e -> request.fail(1, "the ledger refuses: " + e.getMessage()));
  }

  /** One look at a time; a hint that comes meanwhile makes another follow. */
  private void look() {
    lookAgain = looking;
    if (looking || stopping) {
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
    if (stopping || running.containsKey(row.target())) {
      return;
    }
    Target target = targets.find(settings.get(), row.target()).orElseGet(AbsentTarget::new);
    running.put(row.target(), new Running(target, Promise.promise()));
    sender
        .send(row.id(), target)
        .onComplete(end -> running.remove(row.target()).ended().complete())
        .onFailure(e -> LOG.warn("delivery {} is put off: {}", row.id(), e.getMessage()))
        .onFailure(e -> nap(Sender.LEDGER_PAUSE))
        .onSuccess(end -> look());
  }
}
