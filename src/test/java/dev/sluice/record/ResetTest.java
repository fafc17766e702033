package dev.sluice.record;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** A connection is reset while much of what it brought waits to be written. */
class ResetTest extends RecorderCase {

  @RepeatedTest(3)
  void allThatCameBeforeIsKept() {
    List<FlvTag> tags =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 8000));
    source.on(PATH, Script.flv().tags(tags).reset(), Script.status(404));
    recorder.grace = Duration.ofMillis(500);

    recorder.awaitEnd(recorder.start(source.uri(PATH)));

    new Recorded(root).assertHolds(source.framesOnce(PATH));
  }
}
