package dev.sluice.record;

import static dev.sluice.record.AnomalyBench.moved;
import static dev.sluice.record.AnomalyBench.since;
import static dev.sluice.testing.FaultScript.between;
import static dev.sluice.testing.FaultScript.from;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose times are wrong or odd (flv.md §6): what stands in the files, frame by frame. */
class AnomalyTimesTest {
  /** 4 s, 25 pictures a second, a key frame every second: at 23, 1023, 2023 and 3023 ms. */
  private static final List<FlvTag> TAGS = FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(4)));

  private static final List<Frame> LINE = AnomalyBench.line(TAGS);

  /** Time in the source of the key frame with which the recording begins. */
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

  // flv.md §6 row 1
  @ParameterizedTest
  @ValueSource(longs = {1, 480, 501, 3_600_000, 2_000_000_000})
  void aFileBeginsAtZeroWhereverTheSourceIs(long first) {
    bench.record(FaultScript.of(TAGS).shift(from(0), first));

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }

  // flv.md §6 row 2
  @Test
  void aJumpAtAKeyFrameIsKeptAndToldAsAGap() {
    bench.record(FaultScript.of(TAGS).shift(from(BEGIN + 2000), 7000));

    bench.assertFiles(moved(LINE, since(2000), 7000));
    bench.assertGap(2000, 7000);
  }

  // flv.md §6 row 3
  @Test
  void aJumpInsideAGopIsKeptAndToldAsAGap() {
    bench.record(FaultScript.of(TAGS).shift(from(BEGIN + 2400), 3000));

    bench.assertFiles(moved(LINE, since(2400), 3000));
    bench.assertGap(2400, 3000);
  }

  // flv.md §6 rows 2 and 3: less than half a second is kept as well, but not told
  @Test
  void aSmallJumpIsKeptAndIsNoGap() {
    bench.record(FaultScript.of(TAGS).shift(from(BEGIN + 2400), 400));

    bench.assertFiles(moved(LINE, since(2400), 400));
    bench.assertNoGap();
  }

  // flv.md §6 row 4
  @ParameterizedTest
  @ValueSource(longs = {2500, 10_000, 1_000_000})
  void whereTheSourceStepsBackAtAKeyFrameItsTimesGoOn(long back) {
    bench.record(
        FaultScript.of(TAGS)
            .shift(from(0), 1_000_000)
            .shift(from(1_000_000 + BEGIN + 2000), -back));

    bench.assertFiles(steppedBackAt(2000));
    bench.assertNoGap();
  }

  // flv.md §6 row 4: nothing is missing in this connection, so decoding can go on anywhere
  @ParameterizedTest
  @ValueSource(longs = {2500, 1_000_000})
  void whereTheSourceStepsBackInsideAGopNothingIsLost(long back) {
    bench.record(
        FaultScript.of(TAGS)
            .shift(from(0), 1_000_000)
            .shift(from(1_000_000 + BEGIN + 2400), -back));

    bench.assertFiles(steppedBackAt(2400));
    bench.assertNoGap();
  }

  /**
   * The new time line is laid where the old one ended: behind the later track's last frame, which
   * is taken to be as long as the one before it.
   */
  private static List<Frame> steppedBackAt(long ms) {
    long end = 0;
    for (Frame.Track track : Frame.Track.values()) {
      List<Frame> old =
          LINE.stream().filter(f -> f.track() == track && f.timestamp() < ms).toList();
      long last = old.get(old.size() - 1).timestamp();
      end = Math.max(end, last + last - old.get(old.size() - 2).timestamp());
    }
    return moved(LINE, since(ms), end - ms);
  }

  // flv.md §6 row 5
  @ParameterizedTest
  @ValueSource(longs = {-900, -100, 100, 900})
  void soundThatIsOffsetToThePictureIsKeptWhole(long offset) {
    bench.record(FaultScript.of(TAGS).shift(from(BEGIN + 2000).and(FlvTag::isAudio), offset));

    List<Frame> expected =
        moved(LINE, since(2000).and(f -> f.track() == Frame.Track.AUDIO), offset);
    bench.assertFiles(rising(expected));
  }

  /** Times that do not rise within a track stand a millisecond apart, in order of sending. */
  private static List<Frame> rising(List<Frame> frames) {
    long[] last = {-1, -1};
    List<Frame> apart = new ArrayList<>();
    for (Frame frame : frames) {
      int t = frame.track().ordinal();
      last[t] = Math.max(last[t] + 1, frame.timestamp());
      apart.add(AnomalyBench.at(frame, last[t]));
    }
    return apart;
  }

  // flv.md §6 row 14: pictures and sound each in order, but not with one another. Sound of just
  // before the first picture that is sent after it is kept, too:
  // the file then begins with it.
  @ParameterizedTest
  @ValueSource(longs = {300, 900})
  void soundThatIsSentLateIsPutInItsPlace(long lateMs) {
    List<FlvTag> late = new ArrayList<>(TAGS);
    late.sort(Comparator.comparingLong(tag -> sentAt(tag, lateMs)));
    bench.record(FaultScript.of(late));

    bench.assertFiles(FlvTags.frames(TAGS));
    bench.assertNoGap();
  }

  private static long sentAt(FlvTag tag, long lateMs) {
    return tag.isMedia() && tag.isAudio() ? tag.timestamp() + lateMs : tag.timestamp();
  }

  // flv.md §6 row 14: tags of one track change places. The first of them is written when it comes,
  // as late as it is; a track that was seen out of order is sorted from then on
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void aTrackThatWasOutOfOrderIsSortedFromThenOn(int apart) {
    FaultScript script = FaultScript.of(TAGS);
    int first = script.index(from(BEGIN + 200));
    for (int i = first; i + apart < TAGS.size() - 20; i += 10) {
      script.swap(i, i + apart);
    }
    bench.record(script);

    List<Frame> written = bench.recorder.frames();
    assertEquals(hashes(LINE), hashes(written), "nothing is lost and nothing twice");
    FlvTags.assertSameFrames(
        AnomalyBench.byTime(LINE.stream().filter(since(1500)).toList()),
        AnomalyBench.byTime(written.stream().filter(since(1500)).toList()));
    bench.assertNoGap();
  }

  private static List<String> hashes(List<Frame> frames) {
    return frames.stream().map(Frame::payloadHash).sorted().toList();
  }

  // flv.md §6 row 25
  @ParameterizedTest
  @ValueSource(longs = {1L << 32, 1L << 31})
  void theClockMayWrap(long wrap) {
    bench.record(FaultScript.of(TAGS).shift(from(0), wrap - 2000));

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }

  // flv.md §6 row 25: between two connections, the second with the last GOP sent again
  @ParameterizedTest
  @ValueSource(longs = {1L << 32, 1L << 31})
  void theClockMayWrapWhileNotConnected(long wrap) {
    long shift = wrap - BEGIN - 2400;
    FaultScript first = FaultScript.of(TAGS).remove(from(BEGIN + 2400)).shift(from(0), shift);
    FaultScript second =
        FaultScript.of(TAGS).remove(between(0, BEGIN + 2000)).shift(from(0), shift);
    bench.record(first, second);

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }

  // flv.md §6 rows 26 and 27: a rate of 0, wrong ones, and a word in place of a number
  @ParameterizedTest
  @ValueSource(doubles = {0, 60, 5, Double.NaN, -1})
  void theRateInTheMetadataIsNotBelieved(double rate) {
    FaultScript script = FaultScript.of(TAGS);
    script.replace(script.index(FlvTag::isScript), metadata(rate));
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertNoGap();
  }

  private static FlvTag metadata(double rate) {
    ByteBuffer to = ByteBuffer.allocate(200);
    text(to.put((byte) 2), "onMetaData");
    to.put((byte) 8).putInt(3);
    text(to, "framerate");
    to.put((byte) 0).putDouble(rate);
    text(to, "fps");
    text(to.put((byte) 2), "thirty");
    text(to, "duration");
    to.put((byte) 0).putDouble(86_400);
    to.put(new byte[] {0, 0, 9});
    byte[] payload = new byte[to.position()];
    to.flip().get(payload);
    return new FlvTag(FlvTag.SCRIPT, 0, payload);
  }

  private static void text(ByteBuffer to, String text) {
    to.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  // flv.md §6 row 27: pictures of an uneven rate
  @Test
  void anUnevenRateIsKeptAsItIs() {
    FaultScript script =
        FaultScript.of(TAGS)
            .remove(tag -> tag.isVideo() && tag.isMedia() && !tag.isKeyFrame() && skipped(tag));
    bench.record(script);

    List<Frame> expected = AnomalyBench.line(script.tags());
    assertTrue(expected.size() < LINE.size() - 20);
    bench.assertFiles(expected);
    bench.assertNoGap();
  }

  private static boolean skipped(FlvTag tag) {
    long number = (tag.timestamp() - BEGIN) / 40;
    return number % 3 == 1 || number % 7 == 2 || number % 25 > 15;
  }

  // flv.md §6 row 37
  @Test
  void whatTheServerSkippedForASlowReaderIsAGap() {
    FaultScript script =
        FaultScript.of(FlvSamples.avcAac(Duration.ofSeconds(12)))
            .remove(between(BEGIN + 3000, BEGIN + 8000));
    bench.record(script);

    bench.assertFiles(AnomalyBench.line(script.tags()));
    bench.assertGap(3000, 5000);
  }
}
