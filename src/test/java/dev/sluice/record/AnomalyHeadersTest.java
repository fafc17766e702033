package dev.sluice.record;

import static dev.sluice.record.AnomalyBench.joined;
import static dev.sluice.record.AnomalyBench.line;
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
import dev.sluice.testing.Script;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and script data that change, repeat, come late or never (flv.md §6). */
class AnomalyHeadersTest {
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

  private static final List<FlvTag> LARGER =
      FlvTags.read(FlvSamples.twoSizes(Duration.ofSeconds(4)).get(1));

  private static FlvTag videoConfig(List<FlvTag> tags) {
    return tags.stream().filter(FlvTag::isVideoConfig).findFirst().orElseThrow();
  }

  private static FlvTag audioConfig(List<FlvTag> tags) {
    return tags.stream().filter(FlvTag::isAudioConfig).findFirst().orElseThrow();
  }

  private void assertOpening(int file, FlvTag video, FlvTag audio) {
    List<FlvTag> opening = bench.opening(file);
    assertEquals(3, opening.size(), opening.toString());
    assertTrue(opening.get(0).isScript());
    assertEquals(video.at(0), opening.get(1));
    assertEquals(audio.at(0), opening.get(2));
  }

  // flv.md §6 row 6
  @Test
  void anotherPictureBeginsItsOwnFileAtItsKeyFrame() {
    FaultScript script = FaultScript.of(TAGS).remove(from(BEGIN + 2000));
    List<FlvTag> after = FaultScript.of(LARGER).remove(tag -> !from(BEGIN + 2000).test(tag)).tags();
    script.insert(script.tags().size(), videoConfig(LARGER)).insert(script.tags().size(), after);
    bench.record(script);

    bench.assertFiles(
        LINE.stream().filter(since(2000).negate()).toList(),
        moved(line(LARGER).stream().filter(since(2000)).toList(), f -> true, -2000));
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    assertOpening(1, videoConfig(LARGER), audioConfig(TAGS));
    assertEquals(1, bench.mediaConnections());
    bench.assertNoGap();
  }

  // flv.md §6 row 6: other sound begins a file, too, in which it waits for the next key frame;
  // the pictures until then stay where the key frame is that they need
  @ParameterizedTest
  @ValueSource(longs = {2000, 2400})
  void otherSoundBeginsItsOwnFile(long at) {
    FlvTag mono = new FlvTag(FlvTag.AUDIO, 0, new byte[] {(byte) 0xAF, 0, 0x12, 0x08});
    FaultScript script = FaultScript.of(TAGS);
    script.insert(script.index(from(BEGIN + at)), mono);
    bench.record(script);

    Predicate<Frame> second =
        since(3000).or(since(at).and(frame -> frame.track() == Frame.Track.AUDIO));
    List<Frame> other = LINE.stream().filter(second).toList();
    long begin = AnomalyBench.byTime(other).get(0).timestamp();
    bench.assertFiles(
        LINE.stream().filter(second.negate()).toList(), moved(other, f -> true, -begin));
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    assertOpening(1, videoConfig(TAGS), mono);
    bench.assertNoGap();
  }

  // flv.md §6 row 7
  @Test
  void headersThatAreRepeatedChangeNothing() {
    FaultScript script = FaultScript.of(TAGS);
    for (long at = 300; at < 4000; at += 500) {
      script.insert(script.index(from(at)), videoConfig(TAGS), audioConfig(TAGS));
    }
    bench.record(script);

    bench.assertFiles(LINE);
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    bench.assertOnlyFramesFollow();
  }

  // flv.md §6 row 8
  @ParameterizedTest
  @ValueSource(longs = {1000, 1400})
  void headersThatChangeBackBeforeAnyFrameChangeNothing(long at) {
    FaultScript script = FaultScript.of(TAGS);
    script.insert(
        script.index(from(BEGIN + at)), videoConfig(TAGS), videoConfig(LARGER), videoConfig(TAGS));
    bench.record(script);

    bench.assertFiles(LINE);
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    bench.assertOnlyFramesFollow();
  }

  // flv.md §6 row 9: a moment later the file is not begun yet, and begins with both headers
  @Test
  void soundWhoseHeaderComesALittleLateIsInTheSameFile() {
    FaultScript script =
        FaultScript.of(TAGS)
            .remove(FlvTag::isAudioConfig)
            .remove(between(0, BEGIN + 400).and(FlvTag::isAudio));
    script.insert(script.index(from(BEGIN + 400)), audioConfig(TAGS));
    bench.record(script);

    bench.assertFiles(line(script.tags()));
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    assertEquals(1, bench.mediaConnections());
  }

  // flv.md §6 row 9: later than that, sound begins a file of its own; nothing of it is lost
  @Test
  void soundWhoseHeaderComesLateIsRecordedFromThenOn() {
    FaultScript early = FaultScript.of(TAGS).remove(FlvTag::isAudio).remove(from(BEGIN + 1400));
    FaultScript late = FaultScript.of(TAGS).remove(tag -> !from(BEGIN + 1400).test(tag));
    late.insert(late.index(FlvTag::isAudio), audioConfig(TAGS));
    bench.record(
        Script.flv().bytes(early.bytes()).stall(Duration.ofMillis(1200)).bytes(late.bytes()).fin());

    List<Frame> sent = line(joinTags(early.tags(), late.tags()));
    List<Frame> written = new ArrayList<>();
    List<Frame> first = FlvTags.frames(bench.recorder.files().get(0));
    List<Frame> second = FlvTags.frames(bench.recorder.files().get(1));
    long start = bench.recorder.coverage().at("/segments/1/start_ms").asLong();
    written.addAll(first);
    written.addAll(moved(second, f -> true, start));
    assertEquals(2, bench.recorder.files().size());
    FlvTags.assertSameFrames(AnomalyBench.byTime(sent), AnomalyBench.byTime(written));
    assertOpening(1, videoConfig(TAGS), audioConfig(TAGS));
    assertEquals(1, bench.mediaConnections());
    bench.assertNoGap();
  }

  private static List<FlvTag> joinTags(List<FlvTag> one, List<FlvTag> other) {
    List<FlvTag> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  // flv.md §6 rows 19 and 20
  @ParameterizedTest
  @ValueSource(strings = {"onMetaData", "@setDataFrame", "onTextData", "onCuePoint", ""})
  void onlyOurOwnScriptStandsInTheFileAndInFront(String name) {
    byte[] text = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    ByteBuffer to = ByteBuffer.allocate(text.length + 12);
    to.put((byte) 2).putShort((short) text.length).put(text).put((byte) 8).putInt(0);
    to.put(new byte[] {0, 0, 9});
    FlvTag script = new FlvTag(FlvTag.SCRIPT, 0, to.array());
    FaultScript stream = FaultScript.of(TAGS);
    for (long at = 0; at < 4000; at += 700) {
      stream.insert(stream.index(from(at)), script.at(at % 1400));
    }
    bench.record(stream);

    bench.assertFiles(LINE);
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
    bench.assertOnlyFramesFollow();
  }

  // flv.md §6 row 21
  @Test
  void aStreamWithoutMetadataGetsOurs() {
    bench.record(FaultScript.of(TAGS).remove(FlvTag::isScript));

    bench.assertFiles(LINE);
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
  }

  // flv.md §6 row 22
  @ParameterizedTest
  @ValueSource(longs = {1000, 1400})
  void theEndOfASequenceIsNotWrittenAndTheConnectionGoesOn(long at) {
    FlvTag end = new FlvTag(FlvTag.VIDEO, at, new byte[] {0x17, 2, 0, 0, 0});
    FlvTag soundEnd = new FlvTag(FlvTag.AUDIO, at, new byte[] {(byte) 0xAF, 2});
    FaultScript script = FaultScript.of(TAGS);
    script.insert(script.index(from(BEGIN + at)), end, soundEnd);
    script.insert(script.tags().size(), end.at(4023));
    bench.record(script);

    bench.assertFiles(LINE);
    bench.assertOnlyFramesFollow();
    assertEquals(1, bench.mediaConnections());
    bench.assertNoGap();
  }

  // flv.md §6 row 22: the next publisher begins at 0 again, as a server sends it (§6.2)
  @Test
  void anotherPublisherOnTheSameConnectionIsJoined() {
    FlvTag end = new FlvTag(FlvTag.VIDEO, 4023, new byte[] {0x17, 2, 0, 0, 0});
    List<FlvTag> next =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(4), 25, Duration.ofSeconds(1), 200));
    FaultScript script = FaultScript.of(TAGS);
    script.insert(TAGS.size(), end).insert(TAGS.size() + 1, next);
    bench.record(script);

    List<Frame> second = line(next);
    List<Frame> written = FlvTags.frames(bench.recorder.files().get(0));
    long from =
        written.stream()
            .filter(f -> f.payloadHash().equals(second.get(0).payloadHash()))
            .findFirst()
            .orElseThrow()
            .timestamp();
    assertEquals(4000, from, 20, "right behind the first");
    bench.assertFiles(joined(LINE, moved(second, f -> true, from)));
    assertEquals(1, bench.mediaConnections());
    bench.assertNoGap();
  }

  // flv.md §6 row 29
  @ParameterizedTest
  @ValueSource(longs = {80, 500, 960})
  void aStreamThatBeginsInsideAGopBeginsAtItsFirstKeyFrame(long at) {
    bench.record(FaultScript.of(TAGS).remove(between(0, BEGIN + at)));

    bench.assertFiles(moved(LINE.stream().filter(since(1000)).toList(), f -> true, -1000));
    bench.assertNoGap();
  }

  // flv.md §6 row 35: parameter sets inside pictures are part of them and begin no file
  @Test
  void parameterSetsInsidePicturesArePassedThrough() {
    byte[] sets = {0, 0, 0, 4, 0x67, 66, 0, 30, 0, 0, 0, 4, 0x68, 1, 2, 3};
    FaultScript script = FaultScript.of(TAGS);
    for (int i = 0; i < TAGS.size(); i++) {
      if (TAGS.get(i).isKeyFrame()) {
        byte[] payload = TAGS.get(i).payload();
        ByteBuffer to = ByteBuffer.allocate(payload.length + sets.length);
        to.put(payload, 0, 5).put(sets).put(payload, 5, payload.length - 5);
        script.replace(i, new FlvTag(FlvTag.VIDEO, TAGS.get(i).timestamp(), to.array()));
      }
    }
    bench.record(script);

    bench.assertFiles(line(script.tags()));
    assertOpening(0, videoConfig(TAGS), audioConfig(TAGS));
  }
}
