package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordStart;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.net.StreamClient;
import dev.sluice.platform.Platforms;
import dev.sluice.room.Reason;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Script;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A recorder ends on its own thread. Vert.x interrupts the thread of a worker's last task when it
 * closes the worker's context; from another thread it would hit whatever that thread does by then,
 * which may be the file of another room.
 */
class RecorderEndTest extends RecorderCase {
  private static final String POOL = "recorders";

  /** Outlives the recorder, as the pool of a disk root does. */
  private WorkerExecutor pool;

  /** Tells the threads on which it is called. */
  private static final class Heard implements Recorders, RecordingWriter.Listener {
    private final CompletableFuture<Outcome> answered = new CompletableFuture<>();
    private final CompletableFuture<String> endedOn = new CompletableFuture<>();

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
  }

  @RepeatedTest(5)
  void theEndIsToldOnTheRecordersOwnThread() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(PATH, Script.live(broadcast));
    RecordStart job = recorder.job(source.uri(PATH), true);
    RecordTools tools =
        new RecordTools(recorder.ledger, new StreamClient(recorder.vertx, "test"), new Platforms());
    Heard heard = new Heard();
    pool = recorder.vertx.createSharedWorkerExecutor(POOL, DiskRoot.POOL_SIZE);
    try (DiskRoot disk = new DiskRoot(root)) {
      RecorderVerticle verticle = new RecorderVerticle(job, tools, disk, heard, heard);
      String id =
          Recorder.join(
              recorder.vertx.deployVerticle(
                  verticle,
                  new DeploymentOptions()
                      .setThreadingModel(ThreadingModel.WORKER)
                      .setWorkerPoolName(POOL)
                      .setWorkerPoolSize(DiskRoot.POOL_SIZE)));
      heard.answered.get(30, TimeUnit.SECONDS);
      verticle.stop(EndCause.SHUTDOWN);
      String thread = heard.endedOn.get(30, TimeUnit.SECONDS);
      Recorder.join(recorder.vertx.undeploy(id));
      assertTrue(thread.startsWith(POOL), "ended on " + thread);
    }
  }
}
