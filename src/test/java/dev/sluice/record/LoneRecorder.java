package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.net.StreamClient;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One recorder verticle without the one who looks after all of them. */
final class LoneRecorder implements Recorders, RecordingWriter.Listener, AutoCloseable {
  static final String POOL = "recorders";
  private static final int LIMIT_SECONDS = 30;

  final RecorderVerticle verticle;
  private final Recorder tools;
  private final DiskRoot disk;

  /** Outlives the recorder, as the pool of a disk root does; Vert.x closes it. */
  private final WorkerExecutor pool;

  private final CompletableFuture<Outcome> answered = new CompletableFuture<>();
  private final CompletableFuture<String> endedOn = new CompletableFuture<>();
  private String deployment;

  LoneRecorder(Recorder tools, URI link) {
    this.tools = tools;
    pool = tools.vertx.createSharedWorkerExecutor(POOL, DiskRoot.POOL_SIZE);
    disk = new DiskRoot(tools.root);
    RecordTools own =
        new RecordTools(tools.ledger, new StreamClient(tools.vertx, "test"), new Platforms());
    verticle = new RecorderVerticle(tools.job(link, true), own, disk, this, this);
  }

  void deploy() {
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(POOL)
            .setWorkerPoolSize(DiskRoot.POOL_SIZE);
    deployment = Recorder.join(tools.vertx.deployVerticle(verticle, options));
  }

  Outcome awaitAnswer() throws Exception {
    return answered.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The name of the thread on which the end was told. */
  String awaitEnd() throws Exception {
    return endedOn.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void answered(RecorderVerticle from, Outcome outcome, Reason reason) {
    answered.complete(outcome);
  }

  @Override
  public void ended(RecorderVerticle from, EndCause cause, Reason reason) {
    endedOn.complete(Thread.currentThread().getName());
  }

  @Override
  public void opened(SegmentRow segment) {}

  @Override
  public void closed(SegmentRow segment) {}

  @Override
  public void close() {
    if (deployment != null) {
      Recorder.join(tools.vertx.undeploy(deployment));
    }
    disk.close();
  }
}
