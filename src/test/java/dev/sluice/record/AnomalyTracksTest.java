package dev.sluice.record;

import static dev.sluice.record.AnomalyBench.line;
import static dev.sluice.testing.FaultScript.between;
import static dev.sluice.testing.FaultScript.from;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.testing.Await;
import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracks that stall, are absent or are long without a key frame (flv.md §6). */
class AnomalyTracksTest {
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

  // flv.md §6 row 23
  @Test
  void aConnectionThatStallsIsReplacedAndJoined() {
    bench.recorder.stall = Duration.ofSeconds(1);
    // A stall is seen within a second more; without grace the broadcast would be over by then.
    bench.recorder.grace = Duration.ofMillis(2500);
    FaultScript first = FaultScript.of(TAGS).remove(from(BEGIN + 2400));
    FaultScript second = FaultScript.of(TAGS).remove(between(0, BEGIN + 2000));
    bench.record(Script.flv().bytes(first.bytes()).stall(), second.script());

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertEquals(1, bench.source.mostOpen(AnomalyBench.PATH), "one connection at a time");
  }

  // flv.md §6 row 24, whether or not the file header claims pictures
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soundAloneIsRecorded(boolean claimed) {
    List<FlvTag> sound = FlvTags.read(FlvSamples.audioOnly(Duration.ofSeconds(3)));
    byte[] tags = FaultScript.of(sound).bytes();
    bench.record(Script.open().bytes(FlvTags.header(true, claimed)).bytes(tags).fin());

    bench.assertFiles(line(sound));
    bench.assertNoGap();
  }

  // flv.md §6 row 24: it is joined like any other
  @Test
  void soundAloneIsJoinedAfterAReconnect() {
    List<FlvTag> sound = FlvTags.read(FlvSamples.audioOnly(Duration.ofSeconds(3)));
    bench.record(
        FaultScript.of(sound).remove(from(2000)), FaultScript.of(sound).remove(between(0, 1500)));

    bench.assertFiles(line(sound));
    bench.assertNoGap();
  }

  // flv.md §6 row 33: what was sent of a GOP stands in the file while the GOP goes on
  @Test
  void aGopOfAMinuteIsWrittenThrough() throws IOException {
    List<FlvTag> tags =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(60), 10, Duration.ofSeconds(60), 100));
    assertEquals(1, tags.stream().filter(FlvTag::isKeyFrame).count());
    FaultScript script = FaultScript.of(tags).remove(from(30_000));
    bench.source.on(AnomalyBench.PATH, Script.flv().bytes(script.bytes()).stall());
    bench.recorder.stall = Duration.ofMinutes(1);
    RecordAnswer answer = bench.recorder.start(bench.source.uri(AnomalyBench.PATH));
    // All but what waits for the other track, which is one frame of each.
    List<Frame> sent = line(script.tags());
    List<Frame> certain = sent.stream().filter(f -> f.timestamp() < 29_500).toList();
    Await.until(
        Recorder.LIMIT, "the open GOP is in the file", () -> inOpenFile().size() >= certain.size());
    FlvTags.assertSameFrames(
        AnomalyBench.byTime(certain), AnomalyBench.byTime(inOpenFile()).subList(0, certain.size()));

    bench.recorder.stop(answer, EndCause.STOPPED);
    bench.recorder.awaitEnd(answer);
    bench.assertFiles(sent);
  }

  private List<Frame> inOpenFile() {
    List<Path> open = bench.recorder.walk(".part");
    try {
      byte[] bytes = open.isEmpty() ? new byte[0] : Files.readAllBytes(open.get(0));
      return bytes.length < 1000 ? List.of() : FlvTags.frames(FlvTags.parseCut(bytes));
    } catch (IOException e) {
      return List.of();
    }
  }

  // flv.md §6 row 34: a recording is what was sent; removing filler is left to later steps
  @Test
  void fillerInsidePicturesIsKept() {
    byte[] filler = new byte[4 + 200];
    Arrays.fill(filler, (byte) 0xFF);
    ByteBuffer.wrap(filler).putInt(200).put((byte) 0x0C);
    filler[filler.length - 1] = (byte) 0x80;
    FaultScript script = FaultScript.of(TAGS);
    for (int i = 0; i < TAGS.size(); i++) {
      FlvTag tag = TAGS.get(i);
      if (tag.isVideo() && tag.isMedia()) {
        byte[] payload = Arrays.copyOf(tag.payload(), tag.payload().length + filler.length);
        System.arraycopy(filler, 0, payload, tag.payload().length, filler.length);
        script.replace(i, new FlvTag(FlvTag.VIDEO, tag.timestamp(), payload));
      }
    }
    bench.record(script);

    bench.assertFiles(line(script.tags()));
    assertTrue(bench.recorder.frames().size() == LINE.size());
  }
}
