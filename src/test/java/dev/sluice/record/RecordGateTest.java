package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question has an answer and an end, also one that the gate does not let in. */
class RecordGateTest {
  private static final String PATH = "/live.flv";

  @TempDir private Path root;

  @Test
  void aSecondQuestionForARoomIsRefusedAndItsEndIsTold() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    try (LiveSource source = LiveSource.start();
        Recorder recorder = new Recorder(root)) {
      source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
      RecordAnswer first = recorder.start(source.uri(PATH));
      RecordAnswer second = recorder.start(source.uri(PATH));

      assertEquals(Outcome.STARTED, first.outcome());
      assertEquals(Outcome.REFUSED, second.outcome());
      RecordingEnded end = recorder.awaitEnd(second);
      assertEquals(EndCause.REFUSED, end.cause());
      assertEquals(0, end.epoch());
      assertEquals(EndCause.OVER, recorder.awaitEnd(first).cause());
      assertEquals(1, recorder.files().size());
    }
  }
}
