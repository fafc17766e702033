package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Script;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A recorder ends on its own thread. Vert.x interrupts the thread of a worker's last task when it
 * closes the worker's context; from another thread it would hit whatever that thread does by then,
 * which may be the file of another room.
 */
class RecorderEndTest extends RecorderCase {

  @RepeatedTest(5)
  void theEndIsToldOnTheRecordersOwnThread() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(PATH, Script.live(broadcast));
    try (LoneRecorder lone = new LoneRecorder(recorder, source.uri(PATH))) {
      lone.deploy();
      lone.awaitAnswer();
      lone.verticle.stop(EndCause.SHUTDOWN);
      String thread = lone.awaitEnd();
      assertTrue(thread.startsWith(LoneRecorder.POOL), "ended on " + thread);
    }
  }
}
