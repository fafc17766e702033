package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordCut;
import dev.sluice.bus.RecordPlanChange;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RecordStop;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gate: deploys exactly one {@link RecorderVerticle} per recording room, on a worker pool
 * of its disk root, and gives the room back only after its files are closed and it is undeployed.
 */
public final class RecordVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RecordVerticle.class);
  private static final long TICK_MS = 1000;
  private static final Reason STOPPING = Reason.of("stopping", "the program is ending");

  private final RecordTools tools;
  private final Function<SegmentRow, List<String>> targets;
  private final Map<Path, DiskRoot> roots = new HashMap<>();
  private final Map<RoomKey, Attempt> attempts = new HashMap<>();
  private final List<WorkerExecutor> pools = new ArrayList<>();
  private Gate gate;
  private Housekeeping housekeeping;
  private RecordNotices notices;
  private SourceLooks looks;
  private boolean stopping;

  /**
   * @param targets where a segment that is recovered at start is to go
   */
  public RecordVerticle(RecordTools tools, Function<SegmentRow, List<String>> targets) {
    this.tools = tools;
    this.targets = targets;
  }

  @Override
  public Future<?> start() {
    gate = new Gate(vertx);
    notices = new RecordNotices(vertx);
    looks = new SourceLooks(vertx, tools);
    housekeeping =
        new Housekeeping(tools.ledger(), targets, row -> publish(row, SegmentNews.What.CLOSED));
    return vertx
        .executeBlocking(housekeeping::recover)
        .map(
            recovered -> {
              recovered.forEach(row -> publish(row, SegmentNews.What.CLOSED));
              notices.recovered(recovered);
              listen();
              return null;
            });
  }

  private void listen() {
    Topics.RECORD_START.serve(vertx, this::onStart);
    Topics.SOURCE_LOOK.serve(vertx, looks::onLook);
    Topics.RECORD_STOP.consume(vertx, this::onStop);
    Topics.RECORD_CUT.consume(vertx, this::onCut);
    Topics.RECORD_PLAN.consume(vertx, this::onPlan);
    vertx.setPeriodic(TICK_MS, id -> tick());
  }

  /** Stops every recorder and waits until its files are closed. */
  @Override
  public Future<?> stop() {
    stopping = true;
    List<Future<Void>> ends = new ArrayList<>();
    for (Attempt attempt : attempts.values()) {
      attempt.recorder().stop(EndCause.SHUTDOWN);
      ends.add(attempt.over().future());
    }
    return Future.join(ends).onComplete(done -> roots.values().forEach(DiskRoot::close));
  }

  private void onStart(Message<RecordStart> message) {
    RecordStart job = message.body();
    Gate.Token token = new Gate.Token(job.question());
    if (stopping || !gate.take(job.room(), token)) {
      Reason reason =
          stopping ? STOPPING : Reason.of("refused.taken", "this room is being recorded already");
      Topic.reply(
          message,
          new RecordAnswer(job.room(), job.question(), RecordAnswer.Outcome.REFUSED, 0, reason));
      // Whoever asked holds the question open until its end is told.
      publish(new RecordingEnded(job.room(), job.question(), 0, 0, EndCause.REFUSED, reason));
      return;
    }
    DiskRoot root = roots.computeIfAbsent(job.plan().root(), this::open);
    Attempt attempt = new Attempt(this, message, token, root);
    attempts.put(job.room(), attempt);
    if (job.wanted()) {
      notices.plan(job.room(), job.plan());
    }
    root.locks()
        .isHeldElsewhere(job.room())
        .whenComplete(
            (held, failure) ->
                context.runOnContext(
                    v ->
                        looks
                            .end(job.room())
                            .onComplete(ended -> deploy(attempt, Boolean.TRUE.equals(held)))));
  }

  private DiskRoot open(Path path) {
    DiskRoot root = new DiskRoot(path);
    // Held here so that the pool outlives each recorder: a pool that ends with its last verticle
    // would refuse what still comes for it.
    pools.add(vertx.createSharedWorkerExecutor(root.poolName(), DiskRoot.POOL_SIZE));
    root.locks()
        .traits()
        .whenComplete(
            (traits, failure) -> {
              if (failure == null) {
                notices.traits(path, traits);
              }
            });
    return root;
  }

  private void deploy(Attempt attempt, boolean heldElsewhere) {
    if (stopping) {
      attempt.refuse(STOPPING);
      return;
    }
    if (heldElsewhere) {
      attempt.refuse(RecorderVerticle.LOCKED);
      return;
    }
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(attempt.root().poolName())
            .setWorkerPoolSize(DiskRoot.POOL_SIZE);
    vertx
        .deployVerticle(attempt.recorder(), options)
        .onSuccess(attempt::deployed)
        .onFailure(
            failure -> {
              LOG.error("a recorder could not be started", failure);
              attempt.refuse(Reason.of("failed", "detail", failure.toString(), "not started"));
            });
  }

  RecordTools tools() {
    return tools;
  }

  Future<Void> undeploy(String deploymentId) {
    return vertx.undeploy(deploymentId);
  }

  /** The recorder is undeployed, its files are closed: the room may be taken again. */
  void release(Attempt attempt) {
    RoomKey room = attempt.room();
    attempt
        .root()
        .locks()
        .release(room)
        .whenComplete(
            (nothing, failure) ->
                context.runOnContext(
                    v -> {
                      gate.giveBack(room, attempt.token());
                      attempts.remove(room, attempt);
                      attempt.over().tryComplete();
                    }));
  }

  void publish(RecordingEnded ended) {
    Topics.RECORDING_ENDED.publish(vertx, ended);
  }

  void publish(SegmentRow row, SegmentNews.What what) {
    if (what == SegmentNews.What.CLOSED) {
      LOG.atInfo()
          .addKeyValue("room", row.room().publicId())
          .log("recorded {}, {} KiB", row.file(), row.bytes() / 1024);
    }
    Topics.SEGMENT.publish(
        vertx,
        new SegmentNews(
            row.room(),
            row.epoch(),
            row.recording(),
            row.id(),
            row.index(),
            row.file(),
            row.bytes(),
            what));
  }

  private void onStop(RecordStop stop) {
    Attempt attempt = attempts.get(stop.room());
    if (attempt != null && attempt.question() == stop.question()) {
      attempt.recorder().stop(stop.why());
    } else {
      // Nothing of it runs: whoever waits for its end must not wait for ever.
      publish(
          new RecordingEnded(
              stop.room(), stop.question(), 0, 0, stop.why(), Reason.of("stopped", "stopped")));
    }
  }

  private void onCut(RecordCut cut) {
    Attempt attempt = attempts.get(cut.room());
    if (attempt != null) {
      attempt.recorder().cut();
    }
  }

  private void onPlan(RecordPlanChange change) {
    notices.plan(change.room(), change.plan());
    Attempt attempt = attempts.get(change.room());
    // Another root holds from the next broadcast on: the gate of this one is held in the old root.
    if (attempt != null && attempt.root().path().equals(change.plan().root())) {
      attempt.recorder().plan(change.plan(), change.connection());
    }
  }

  private void tick() {
    List<Progress> growing = new ArrayList<>();
    for (Attempt attempt : attempts.values()) {
      RecorderVerticle recorder = attempt.recorder();
      recorder.watch();
      if (recorder.isRecording()) {
        growing.add(recorder.progress());
        Topics.RECORDING_PROGRESS.publish(vertx, recorder.progress().read(attempt.room()));
      }
    }
    housekeeping.tick(growing);
  }
}
