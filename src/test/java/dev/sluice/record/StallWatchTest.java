package dev.sluice.record;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The watch over all recorders comes round once a second, whatever state each is in. */
class StallWatchTest extends RecorderCase {

  @Test
  void aLookBeforeTheDeploymentDoesNotEndTheWatch() throws Exception {
    Broadcast live = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(
        PATH, Script.join(live).live(Duration.ofMillis(500)).stall(), Script.join(live).live());
    try (LoneRecorder lone = new LoneRecorder(recorder, source.uri(PATH))) {
      lone.verticle.watch();
      lone.deploy();
      lone.awaitAnswer();
      Await.until(
          Duration.ofSeconds(20),
          () -> "the stall was noticed: " + source.connections(PATH),
          () -> {
            lone.verticle.watch();
            return source.connections(PATH).size() == 2;
          });
    }
  }
}
