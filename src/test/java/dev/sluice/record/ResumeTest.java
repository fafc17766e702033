package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that goes on after a restart of ours. */
class ResumeTest {
  private static final String PATH = "/live.flv";

  @TempDir private Path dir;

  @Test
  void joinsOnAlsoWhenTheSourceRepeatsMoreThanTheLastFileHolds() {
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(40), 25, Duration.ofSeconds(40), 200));
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(broadcast.onAir()));
      for (int run = 0; run < 4; run++) {
        recordASecond(source);
      }
      Recorded recorded = new Recorded(dir.resolve("root"));
      assertEquals(4, recorded.media().size());
      recorded.assertHoldsBeginning(source.framesOnce(PATH), 200);
      assertEquals(0, recorded.coverage().get("gaps").size(), "" + recorded.coverage());
    }
  }

  private void recordASecond(LiveSource source) {
    try (Recorder recorder =
        new Recorder(dir.resolve("root"), SqliteLedger.open(dir.resolve("ledger.db")))) {
      RecordAnswer answer = recorder.start(source.uri(PATH));
      Await.until(
          Recorder.LIMIT,
          "a second more is recorded",
          () -> new Recorded(dir.resolve("root")).framesInParts().size() > 68);
      recorder.shutDown();
      assertEquals(EndCause.SHUTDOWN, recorder.awaitEnd(answer).cause());
    }
  }
}
