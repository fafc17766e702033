package dev.sluice.record;

import static dev.sluice.record.AnomalyBench.line;
import static dev.sluice.record.AnomalyBench.since;
import static dev.sluice.testing.FaultScript.between;
import static dev.sluice.testing.FaultScript.from;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source sends again, and what only looks like it (flv.md §6 and §6.1). */
class AnomalyRepeatsTest {
  private static final List<FlvTag> TAGS = FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(4)));

  private static final List<Frame> LINE = line(TAGS);

  /** Time in the source of the first key frame; others follow every second. */
  private static final long BEGIN = 23;

  @TempDir private Path root;
  private AnomalyBench bench;

  @BeforeEach
  void start() {
    bench = new AnomalyBench(root);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  // flv.md §6 row 10: the seam is inside a GOP, as it is in most cases
  @ParameterizedTest
  @ValueSource(longs = {2040, 2400, 2960})
  void aGopThatIsSentAgainToANewConnectionIsWrittenOnce(long lost) {
    FaultScript first = FaultScript.of(TAGS).remove(from(BEGIN + lost));
    FaultScript second = FaultScript.of(TAGS).remove(between(0, BEGIN + 2000));
    bench.record(first, second);

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertEquals(
        LINE.stream().filter(since(2000)).filter(since(lost).negate()).count(), bench.dropped());
  }

  // flv.md §6 row 10: more than one GOP, several times, and from the very beginning
  @Test
  void whatSeveralConnectionsRepeatIsWrittenOnce() {
    bench.record(
        FaultScript.of(TAGS).remove(from(BEGIN + 1400)),
        FaultScript.of(TAGS).remove(from(BEGIN + 2400)),
        FaultScript.of(TAGS).remove(between(0, BEGIN + 1000)).remove(from(BEGIN + 2400)),
        FaultScript.of(TAGS));

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }

  // flv.md §6 row 10: what a new connection does not repeat is missing, and told
  @Test
  void whatNoConnectionBroughtIsAGap() {
    List<FlvTag> longer = FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(12)));
    FaultScript first = FaultScript.of(longer).remove(from(BEGIN + 3400));
    FaultScript second = FaultScript.of(longer).remove(between(0, BEGIN + 5000));
    bench.record(first, second);

    bench.assertFiles(line(FaultScript.of(longer).remove(between(3423, 5023)).tags()));
    bench.assertGap(3400, 1600);
  }

  // flv.md §6 row 11: the source steps back to a key frame, or anywhere, and sends all again
  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 1400})
  void aLoopInsideOneConnectionIsWrittenOnce(long backTo) {
    FaultScript script = FaultScript.of(TAGS);
    int at = script.index(from(BEGIN + 3000));
    int back = script.index(from(BEGIN + backTo));
    for (int round = 0; round < 3; round++) {
      script.insert(at, TAGS.subList(back, at));
    }
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertEquals(3L * frames(TAGS.subList(back, at)), bench.dropped());
    assertEquals(1, bench.mediaConnections());
  }

  // flv.md §6 row 11: only key frames are remembered from so long ago, and the loop begins at none
  @Test
  void aLoopOfMoreThanAMinuteIsWrittenOnce() {
    List<FlvTag> tags =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(70), 25, Duration.ofSeconds(1), 100));
    FaultScript script = FaultScript.of(tags);
    int back = script.index(from(BEGIN + 1400));
    script.insert(tags.size(), tags.subList(back, tags.size()));
    bench.record(script);

    bench.assertFiles(line(tags));
    bench.assertNoGap();
  }

  private static int frames(List<FlvTag> tags) {
    return FlvTags.frames(tags).size();
  }

  // flv.md §6 row 12
  @Test
  void silenceAndAStillPictureAreNoRepeats() {
    List<FlvTag> still = FlvTags.read(FlvSamples.stillAndSilent(Duration.ofSeconds(40)));
    bench.record(FaultScript.of(still));

    bench.assertFiles(line(still));
    bench.assertNoGap();
    assertEquals(0, bench.dropped());
  }

  // flv.md §6 row 12, §6.1: also where a new connection begins
  @Test
  void silenceAndAStillPictureAreJoinedByTheirTimes() {
    List<FlvTag> still = FlvTags.read(FlvSamples.stillAndSilent(Duration.ofSeconds(40)));
    bench.record(
        FaultScript.of(still).remove(from(BEGIN + 20_400)),
        FaultScript.of(still).remove(between(0, BEGIN + 18_000)));

    bench.assertFiles(line(still));
    bench.assertNoGap();
  }

  // flv.md §6 row 13
  @Test
  void aSingleTagThatIsSentTwiceIsWrittenOnce() {
    FaultScript script = FaultScript.of(TAGS);
    int doubled = 0;
    for (int i = TAGS.size() - 2; i > 20; i -= 7) {
      script.duplicate(i);
      doubled++;
    }
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertEquals(doubled, bench.dropped());
  }

  // flv.md §6 row 13: the same content at another time is no repeat
  @Test
  void theSameContentAtALaterTimeIsKept() {
    FaultScript script = FaultScript.of(TAGS);
    int at = script.index(from(BEGIN + 1400).and(FlvTag::isAudio));
    script.replace(at, new FlvTag(FlvTag.AUDIO, TAGS.get(at).timestamp(), soundBefore(at)));
    bench.record(script);

    bench.assertFiles(line(script.tags()));
    assertEquals(0, bench.dropped());
  }

  private static byte[] soundBefore(int index) {
    for (int i = index - 1; ; i--) {
      if (TAGS.get(i).isAudio() && TAGS.get(i).isMedia()) {
        return TAGS.get(i).payload();
      }
    }
  }
}
