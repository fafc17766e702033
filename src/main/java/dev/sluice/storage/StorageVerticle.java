package dev.sluice.storage;

import dev.sluice.bus.Notice;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.StorageNext;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Ledger;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only part that deletes recordings. Says every ten seconds how the recordings root stands,
 * answers what the API asks, goes on with disposals that were interrupted, and lets the rules of
 * the settings take what they want.
 */
public final class StorageVerticle extends VerticleBase {
  private static final String LOW = "disk.low";
  private static final Logger LOG = LoggerFactory.getLogger(StorageVerticle.class);

  /** A slow disk answers the person later; the row is entered by then. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Supplier<Settings> settings;
  private final Pace pace;
  private final Gates gates;
  private final RulesReader reader;
  private final Rates rates = new Rates();
  private final Map<Path, LowDisk> disks = new HashMap<>();
  private RootThreads threads;
  private Disposals disposals;
  private Optional<Sweeper> sweeper = Optional.empty();
  private boolean sweeping;
  private long sweptNanos;
  private boolean hinted = true;

  /**
   * How often.
   *
   * @param measure the disk
   * @param sweep let the rules look, without a hint
   * @param hint the least time between two such looks
   */
  record Pace(Duration measure, Duration sweep, Duration hint) {
    static final Pace USUAL =
        new Pace(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(20));
  }

  public StorageVerticle(Ledger ledger, Supplier<Settings> settings, Platforms platforms) {
    this(ledger, settings, platforms, Pace.USUAL, RootProbe::new);
  }

  StorageVerticle(
      Ledger ledger,
      Supplier<Settings> settings,
      Platforms platforms,
      Pace pace,
      Function<Path, RootProbe> newProbe) {
    this.ledger = ledger;
    this.settings = settings;
    this.pace = pace;
    this.gates = new Gates(newProbe);
    this.reader = new RulesReader(platforms);
  }

  @Override
  public Future<?> start() {
    threads = new RootThreads(context);
    disposals = new Disposals(context, ledger, threads);
    Topics.SETTINGS_CHANGED.consume(
        vertx,
        news -> {
          hinted = true;
          round();
        });
    Topics.SEGMENT.consume(vertx, news -> hinted = true);
    Topics.DELIVERY.consume(vertx, news -> hinted |= news.state().equals("done"));
    Topics.RECORDING_ENDED.consume(vertx, news -> hinted = true);
    Topics.RECORDING_PROGRESS.consume(vertx, news -> rates.take(news, System.nanoTime()));
    Topics.STORAGE_COMMAND.serve(vertx, this::onCommand);
    vertx.setPeriodic(pace.measure().toMillis(), timer -> round());
    round();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    gates.close();
    threads.close();
    return Future.succeededFuture();
  }

  private void round() {
    gates.measure(settings.get().global().dir(), context, this::tell);
    boolean due = System.nanoTime() - sweptNanos >= (hinted ? pace.hint() : pace.sweep()).toNanos();
    if (!sweeping && (due || sweeper.isEmpty())) {
      sweep();
    } else if (!sweeping && disposals.waits()) {
      disposals.resume().onFailure(StorageVerticle::couldNotLook);
    }
  }

  private void tell(StorageGate gate) {
    long reserve = settings.get().storage().reserve();
    forgetAllBut(gate.root());
    LowDisk disk = disks.computeIfAbsent(gate.root(), root -> new LowDisk());
    LowDisk.News news = disk.take(gate, reserve);
    Topics.STORAGE_GATE.publish(vertx, gate.closed(closed(gate, disk.isLow(), reserve)));
    switch (news) {
      case LOW -> Topics.NOTICE.publish(vertx, low(gate.root().toString(), reserve));
      case OVER -> Topics.NOTICE.publish(vertx, Notice.over(LOW, gate.root().toString()));
      case NOTHING -> {}
    }
  }

  /** Why no recording begins on a root. */
  private static Optional<Reason> closed(StorageGate gate, boolean low, long reserve) {
    String root = gate.root().toString();
    if (!gate.open()) {
      String text = "waiting for " + root + ": it cannot be written, or does not answer";
      return Optional.of(new Reason("storage.absent", Map.of("root", root), text));
    }
    if (!low) {
      return Optional.empty();
    }
    String free = Sizes.words(Math.max(0, gate.freeBytes()));
    String kept = Sizes.words(reserve);
    Map<String, String> values = Map.of("root", root, "free", free, "reserve", kept);
    String text =
        "waiting for disk space on " + root + ": " + free + " left of " + kept + " reserve";
    return Optional.of(new Reason("storage.closed", values, text));
  }

  private void forgetAllBut(Path root) {
    if (!disks.containsKey(root)) {
      disks.keySet().forEach(old -> Topics.NOTICE.publish(vertx, Notice.over(LOW, old.toString())));
      disks.clear();
    }
  }

  private static Notice low(String root, long reserve) {
    Map<String, String> values = Map.of("root", root, "reserve", Sizes.words(reserve));
    String text = "less than the reserve of " + Sizes.words(reserve) + " is free on " + root;
    return Notice.about(
        root, Notice.Level.WARNING, Optional.empty(), new Reason(LOW, values, text));
  }

  private void sweep() {
    sweeping = true;
    hinted = false;
    sweptNanos = System.nanoTime();
    disposals
        .resume()
        .compose(resumed -> sweeper())
        .compose(ready -> reader.read(settings.get()).compose(ready::sweep))
        .onFailure(StorageVerticle::couldNotLook)
        .onComplete(done -> sweeping = false);
  }

  private static void couldNotLook(Throwable failure) {
    LOG.warn("storage could not look: {}", failure.toString());
  }

  private Future<Sweeper> sweeper() {
    if (sweeper.isPresent()) {
      return Future.succeededFuture(sweeper.get());
    }
    return Future.fromCompletionStage(ledger.call(rows -> rows.storage().newestTime()), context)
        .map(
            newest -> {
              ClockWatch clock = new ClockWatch(Instant.now(), System.nanoTime(), newest);
              sweeper = Optional.of(new Sweeper(context, ledger, disposals, clock));
              return sweeper.get();
            });
  }

  private void onCommand(Message<StorageCommand> message) {
    answer(message.body())
        .onSuccess(answer -> Topic.reply(message, answer))
        .onFailure(
            failure -> {
              LOG.warn("a command cannot be carried out: {}", failure.toString());
              message.fail(1, String.valueOf(failure.getMessage()));
            });
  }

  private Future<?> answer(StorageCommand command) {
    if (command instanceof StorageCommand.Trash trash) {
      return soon(disposals.trash(trash.recording(), trash.force(), DisposalSteps.PERSON));
    }
    if (command instanceof StorageCommand.Restore restore) {
      return soon(disposals.restore(restore.recording()));
    }
    if (command instanceof StorageCommand.Remove remove) {
      return soon(disposals.remove(remove.recording()));
    }
    if (command instanceof StorageCommand.Protect protect) {
      return disposals.protect(protect.recording(), protect.wanted());
    }
    return command instanceof StorageCommand.Next ? next() : overview();
  }

  private static Future<StorageReply> soon(Future<StorageReply> reply) {
    Reason slow = Reason.of("trash.slow", "the disk is slow; it follows");
    return reply
        .timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                failure instanceof TimeoutException
                    ? Future.succeededFuture(
                        new StorageReply(StorageReply.Outcome.PENDING, Optional.of(slow)))
                    : Future.failedFuture(failure));
  }

  private Future<StorageNext> next() {
    return sweeper()
        .compose(ready -> reader.read(settings.get()).compose(ready::plan))
        .map(Preview::of);
  }

  private Future<?> overview() {
    Overview overview =
        new Overview(
            gates.last(settings.get().global().dir()),
            settings.get().storage().reserve(),
            rates.bytesPerSecond(System.nanoTime()));
    Instant now = Instant.now();
    return Future.fromCompletionStage(ledger.call(rows -> overview.read(rows, now)), context);
  }
}
