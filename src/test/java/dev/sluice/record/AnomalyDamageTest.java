package dev.sluice.record;

import static dev.sluice.record.AnomalyBench.line;
import static dev.sluice.testing.FaultScript.between;
import static dev.sluice.testing.FaultScript.from;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose bytes are damaged, cut off, or no stream at all (flv.md §6). */
class AnomalyDamageTest {
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

  private void assertOneConnection() {
    assertEquals(1, bench.mediaConnections());
  }

  // flv.md §6 row 15
  @ParameterizedTest
  @ValueSource(ints = {1, -11, 100_000})
  void wrongPreviousTagSizesCostNothing(int error) {
    bench.record(FaultScript.of(TAGS).previousTagSize(tag -> true, error));

    bench.assertFiles(LINE);
    assertOneConnection();
  }

  // flv.md §6 row 15: some, or only those of script data, are wrong
  @Test
  void singleWrongPreviousTagSizesCostNothing() {
    FaultScript script = FaultScript.of(TAGS);
    script.insert(script.index(from(BEGIN + 1400)), TAGS.get(0), TAGS.get(0).at(1400));
    script.previousTagSize(tag -> tag.isScript() || tag.isVideo() && tag.timestamp() % 7 == 0, 4);
    bench.record(script);

    bench.assertFiles(LINE);
    assertOneConnection();
  }

  // flv.md §6 row 15: two of them one behind the other
  @Test
  void wrongPreviousTagSizesInARowCostNothing() {
    FaultScript script = FaultScript.of(TAGS);
    script.insert(script.index(from(BEGIN + 1400)), TAGS.get(0), TAGS.get(0).at(1400));
    script.previousTagSize(tag -> tag.isScript() || tag.timestamp() % 7 == 0, 4);
    bench.record(script);

    bench.assertFiles(LINE);
    assertOneConnection();
  }

  // flv.md §6 row 16
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 15, 700, 20_000})
  void garbageBetweenTagsCostsNoFrame(int size) {
    byte[] garbage = new byte[size];
    new Random(size).nextBytes(garbage);
    FaultScript script = FaultScript.of(TAGS);
    script.bytesBefore(script.index(from(BEGIN + 1400)), garbage);
    script.bytesBefore(script.index(from(BEGIN + 2960)), new byte[size]);
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertOneConnection();
  }

  // flv.md §6 row 16
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 31})
  void aTagOfUnknownTypeIsPassedOver(int type) {
    byte[] payload = new byte[300];
    new Random(type).nextBytes(payload);
    FaultScript script = FaultScript.of(TAGS);
    script.insert(script.index(from(BEGIN + 1400)), new FlvTag(type, 1400, payload));
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertNoGap();
    assertOneConnection();
  }

  // flv.md §6 row 16: the head of one tag is damaged; only that one is missing
  @Test
  void onlyTheTagWhoseHeadIsDamagedIsMissing() {
    FaultScript script = FaultScript.of(TAGS);
    int at = script.index(from(BEGIN + 1400).and(FlvTag::isVideo));
    byte[] damaged = TAGS.get(at).toBytes();
    damaged[1] ^= 0x55;
    FlvTag lost = TAGS.get(at);
    script.remove(lost::equals).bytesBefore(at, damaged);
    bench.record(script);

    bench.assertFiles(line(script.tags()));
    assertOneConnection();
  }

  // flv.md §6 row 17
  @Test
  void tagsOfNoBytesAreIgnored() {
    FaultScript script = FaultScript.of(TAGS);
    for (int type : new int[] {FlvTag.AUDIO, FlvTag.VIDEO, FlvTag.SCRIPT}) {
      script.insert(script.index(from(BEGIN + 1400)), new FlvTag(type, 1400, new byte[0]));
      script.insert(script.index(from(0)), new FlvTag(type, 0, new byte[0]));
    }
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertOnlyFramesFollow();
    assertOneConnection();
  }

  // flv.md §6 rows 18 and 36: cut in the head, in the payload, and in PreviousTagSize
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 11, 30, -3, -1})
  void allBeforeATagThatIsCutOffIsKept(int bytes) {
    FlvTag last = TAGS.get(TAGS.size() - 1);
    int whole = AnomalyBench.beforeLastTag(TAGS);
    int cut = whole + bytes + (bytes < 0 ? last.toBytes().length : 0);
    bench.record(FaultScript.of(TAGS).script().cutAfter(cut));

    bench.assertFiles(line(TAGS.subList(0, TAGS.size() - 1)));
    bench.assertOnlyFramesFollow();
  }

  // flv.md §6 row 36: the open GOP at the end of a connection is kept, also at a reset
  @Test
  void theOpenGopIsKeptWhenAConnectionIsReset() {
    FaultScript script = FaultScript.of(TAGS).remove(from(BEGIN + 3960));
    int whole = AnomalyBench.beforeLastTag(script.tags());
    bench.record(script.script().resetAfter(whole + 20L));

    List<FlvTag> tags = script.tags();
    bench.assertFiles(line(tags.subList(0, tags.size() - 1)));
  }

  // flv.md §6 row 30
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aConnectionOfAFewFramesIsKept(int frames) {
    FaultScript script = FaultScript.of(TAGS);
    int first = script.index(FlvTag::isKeyFrame);
    List<FlvTag> few = TAGS.subList(0, first + frames);
    bench.record(FaultScript.of(few));

    List<Frame> expected = line(few);
    assertEquals(frames, expected.size());
    bench.assertFiles(expected);
  }

  // flv.md §6 row 31
  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void aStreamThatIsJoinedWithoutAFileHeaderIsRecorded(long at) {
    FaultScript script =
        FaultScript.of(TAGS).remove(FlvTag::isScript).remove(between(0, BEGIN + at));
    bench.record(Script.open().bytes(script.bytes()).fin());

    bench.assertFiles(line(script.tags()));
    assertOneConnection();
  }

  // flv.md §6 row 32
  @Test
  void aPageInPlaceOfAStreamIsUnknownAndLeavesNothing() {
    bench.source.on("/html", Script.html("<!DOCTYPE html><html><body>busy</body></html>"));
    bench.source.on("/json", Script.json("{\"code\":-400}"));
    for (String path : List.of("/html", "/json")) {
      RecordAnswer answer = bench.recorder.start(bench.source.uri(path));
      assertEquals(Outcome.UNKNOWN, answer.outcome());
      assertEquals("unknown.not_media", answer.reason().key());
    }
    assertEquals(List.of(), bench.recorder.walk(""));
  }

  // flv.md §6 row 32: a page between two connections of a broadcast ends nothing
  @Test
  void aPageInPlaceOfANewConnectionIsPassedOver() {
    bench.recorder.grace = Duration.ofSeconds(1);
    bench.record(
        FaultScript.of(TAGS).remove(from(BEGIN + 2400)).script(),
        Script.html("<!DOCTYPE html><html><body>busy</body></html>"),
        FaultScript.of(TAGS).remove(between(0, BEGIN + 2000)).script());

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }
}
