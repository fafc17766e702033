package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.room.Container;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void joinsOnWhereManyShortFilesHoldTheGroupOfPictures() {
    Duration gop = Duration.ofSeconds(100);
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(gop, 25, gop, 100)).speed(10);
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(broadcast.onAir()));
      for (int run = 0; run < 20; run++) {
        record(source, Container.FLV, 30);
      }
      Recorded recorded = new Recorded(dir.resolve("root"));
      recorded.assertHoldsBeginning(source.framesOnce(PATH), 20 * 30);
      assertEquals(0, recorded.coverage().get("gaps").size(), "" + recorded.coverage());
    }
  }

  /** The source begins anew at a key frame of more than a minute ago. */
  @ParameterizedTest
  @EnumSource(Container.class)
  void joinsOnWhereTheNewestKeyFrameIsFarBack(Container container) {
    Duration gop = Duration.ofSeconds(100);
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(gop, 25, gop, 100)).speed(10);
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(broadcast.onAir()));
      record(source, container, 70 * 60);
      record(source, container, 68);
      Recorded recorded = new Recorded(dir.resolve("root"));
      assertEquals(2, recorded.media().size());
      recorded.assertHoldsBeginning(source.framesOnce(PATH), 70 * 60);
      assertEquals(0, recorded.coverage().get("gaps").size(), "" + recorded.coverage());
    }
  }

  private void recordASecond(LiveSource source) {
    record(source, Container.FLV, 68);
  }

  private void record(LiveSource source, Container container, int frames) {
    try (Recorder recorder =
        new Recorder(dir.resolve("root"), SqliteLedger.open(dir.resolve("ledger.db")))) {
      recorder.container = container;
      RecordAnswer answer = recorder.start(source.uri(PATH));
      Await.until(
          Recorder.LIMIT,
          frames + " frames more are recorded",
          () -> new Recorded(dir.resolve("root")).framesInParts().size() > frames);
      recorder.shutDown();
      assertEquals(EndCause.SHUTDOWN, recorder.awaitEnd(answer).cause());
    }
  }
}
