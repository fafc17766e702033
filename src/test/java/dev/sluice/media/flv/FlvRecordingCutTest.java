package dev.sluice.media.flv;

import static dev.sluice.media.flv.RecordingBench.expected;
import static dev.sluice.media.flv.SyntheticStream.gopStart;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.CollectingSink.Gap;
import dev.sluice.media.flv.CollectingSink.Written;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files begin and end. */
class FlvRecordingCutTest {
  private static final List<FlvTag> FRAMES = SyntheticStream.make().pictures(400).frames();

  private static void beginWithKeyFrames(CollectingSink sink) {
    for (int file = 0; file < sink.opened.size(); file++) {
      Written first = sink.inFile(file).get(0);
      assertTrue(first.key() && first.time() == 0, "file " + file + " begins with " + first);
    }
  }

  private static void touch(CollectingSink sink) {
    for (int file = 1; file < sink.opened.size(); file++) {
      assertEquals(sink.ends.get(file - 1).endMs(), sink.opened.get(file).startMs());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 1001, 1999, 2000, 2500, 15_000})
  void aFileIsFullAtTheFirstKeyFrameAtOrAfterItsTime(long limit) {
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(limit, Long.MAX_VALUE));
    CollectingSink sink = bench.leg(leg(FRAMES)).mustBe(expected(FRAMES));
    beginWithKeyFrames(sink);
    touch(sink);
    long length = (limit + 999) / 1000 * 1000;
    assertEquals((16_000 + length - 1) / length, sink.opened.size());
    for (int file = 0; file < sink.opened.size(); file++) {
      assertEquals(file * length, sink.opened.get(file).startMs());
      assertEquals(sink.opened.get(0).video(), sink.opened.get(file).video());
      assertEquals(sink.opened.get(0).audio(), sink.opened.get(file).audio());
    }
  }

  /** Of a file that ends with the one frame behind a gap: what was missing is not its length. */
  @Test
  void aFileEndsWhereTheNextOneBeginsAlsoRightBehindAGap() {
    List<FlvTag> frames = SyntheticStream.make().withoutAudio().gop(1).pictures(20).frames();
    RecordingBench bench = new RecordingBench().leg(leg(frames.subList(0, 10)));
    bench.leg(leg(frames.subList(17, 18)));
    bench.recording.requestCut();
    CollectingSink sink = bench.leg(leg(frames.subList(18, 20))).finish();
    assertEquals(List.of(new Gap(400, 280, "connection lost")), sink.gaps);
    assertEquals(2, sink.opened.size());
    touch(sink);
    assertEquals(800, sink.ends.get(1).endMs());
  }

  @Test
  void aPictureThatStoodLongMakesNoFileLonger() {
    List<FlvTag> frames = new ArrayList<>();
    SyntheticStream.make().withoutAudio().gop(1).pictures(5).frames().stream()
        .map(tag -> tag.at(tag.timestamp() < 80 ? tag.timestamp() : tag.timestamp() + 400))
        .forEach(frames::add);
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(490, Long.MAX_VALUE));
    CollectingSink sink = bench.leg(leg(frames)).finish();
    assertEquals(2, sink.opened.size());
    touch(sink);
    assertEquals(600, sink.ends.get(1).endMs());
  }

  @Test
  void soundIsSplitByItsTime() {
    List<FlvTag> frames = SyntheticStream.make().pictures(400).audioAhead(-300).frames();
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(4000, Long.MAX_VALUE));
    CollectingSink sink = bench.leg(leg(frames)).finish();
    assertEquals(4, sink.opened.size());
    for (Written frame : sink.frames) {
      assertEquals(Math.min(3, frame.at() / 4000), frame.file(), frame.toString());
    }
  }

  @Test
  void aFileIsFullAtTheFirstKeyFrameAtOrAfterItsSize() {
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(Long.MAX_VALUE, 10_000));
    CollectingSink sink = bench.leg(leg(FRAMES)).mustBe(expected(FRAMES));
    beginWithKeyFrames(sink);
    assertTrue(sink.opened.size() > 3, sink.opened.size() + " files");
    for (int file = 0; file < sink.opened.size() - 1; file++) {
      long bytes = 0;
      long atLastKey = 0;
      for (Written frame : sink.inFile(file)) {
        atLastKey = frame.key() ? bytes : atLastKey;
        bytes += 15 + (frame.track() == Track.AUDIO ? 20 : frame.key() ? 60 : 30);
      }
      assertTrue(bytes >= 10_000 && atLastKey < 10_000, file + ": " + atLastKey + ", " + bytes);
    }
  }

  @Test
  void aRequestCutsAtTheNextKeyFrameOnce() {
    RecordingBench bench = new RecordingBench().begin(leg(FRAMES));
    bench.recording.requestCut();
    bench.send(leg(FRAMES.subList(0, 300)));
    bench.recording.requestCut();
    bench.recording.requestCut();
    bench.send(FRAMES.subList(300, FRAMES.size())).end();
    CollectingSink sink = bench.mustBe(expected(FRAMES));
    beginWithKeyFrames(sink);
    int next = 300;
    while (!FRAMES.get(next).isKeyFrame()) {
      next++;
    }
    assertEquals(2, sink.opened.size());
    assertEquals(FRAMES.get(next).timestamp(), sink.opened.get(1).startMs());
  }

  @Test
  void soundAloneIsCutAnywhere() {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(400).frames();
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(2000, Long.MAX_VALUE));
    CollectingSink sink = bench.leg(leg(frames)).mustBe(expected(frames));
    assertEquals(8, sink.opened.size());
    touch(sink);
  }

  @Test
  void anotherPictureBeginsANewFile() {
    List<Path> two = FlvSamples.twoSizes(Duration.ofSeconds(3));
    List<FlvTag> small = FlvTags.read(two.get(0));
    List<FlvTag> large = new ArrayList<>();
    FlvTags.read(two.get(1)).forEach(tag -> large.add(tag.at(tag.timestamp() + 3000)));
    large.removeIf(tag -> tag.isAudio() && tag.isMedia() && tag.timestamp() < 3050);
    RecordingBench bench = new RecordingBench().begin(small).send(small).send(large).end();
    CollectingSink sink = bench.finish();
    assertEquals(2, sink.opened.size());
    beginWithKeyFrames(sink);
    assertEquals(320, Picture.of(sink.opened.get(0).video()).orElseThrow().width());
    assertEquals(640, Picture.of(sink.opened.get(1).video()).orElseThrow().width());
    assertEquals(sink.opened.get(0).audio(), sink.opened.get(1).audio());
    assertEquals(75, sink.ends.get(0).videoFrames());
    assertEquals(75, sink.ends.get(1).videoFrames());
  }

  @Test
  void anotherPictureAfterAReconnectBeginsANewFile() {
    int key = gopStart(FRAMES, 600);
    List<FlvTag> kept = new ArrayList<>(FRAMES.subList(0, 300));
    kept.addAll(FRAMES.subList(key, FRAMES.size()));
    RecordingBench bench = new RecordingBench().leg(leg(FRAMES.subList(0, 300))).waiting(5000);
    bench.leg(
        leg(SyntheticStream.AVC_B, SyntheticStream.AAC_B, FRAMES.subList(key, FRAMES.size())));
    CollectingSink sink = bench.mustBe(expected(kept));
    assertEquals(2, sink.opened.size());
    assertEquals(1, sink.gaps.size());
    assertArrayEquals(SyntheticStream.AVC_B, sink.opened.get(1).video().payload());
    assertArrayEquals(SyntheticStream.AAC_B, sink.opened.get(1).audio().payload());
  }

  @Test
  void sayingNoSbrIsNoChange() {
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES));
    tags.add(300, SyntheticStream.audioConfig(SyntheticStream.AAC_A_NO_SBR));
    tags.add(600, SyntheticStream.audioConfig(SyntheticStream.AAC_A));
    assertEquals(1, new RecordingBench().leg(tags).mustBe(expected(FRAMES)).opened.size());
  }

  @Test
  void reservedBitsAreNoChange() {
    byte[] odd = SyntheticStream.AVC_A.clone();
    odd[9] &= 0x03;
    odd[10] &= 0x1F;
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES));
    tags.add(gopStart(FRAMES, 300) + 3, SyntheticStream.videoConfig(odd));
    assertEquals(1, new RecordingBench().leg(tags).mustBe(expected(FRAMES)).opened.size());
  }

  @Test
  void aConfigurationThatComesBackBeforeAnyFrameIsNoChange() {
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES));
    tags.add(300, SyntheticStream.videoConfig(SyntheticStream.AVC_A));
    tags.add(300, SyntheticStream.videoConfig(SyntheticStream.AVC_B));
    assertEquals(1, new RecordingBench().leg(tags).mustBe(expected(FRAMES)).opened.size());
  }

  @Test
  void soundThatChangesInsideAGopWaitsForTheKeyFrame() {
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES));
    tags.add(310, SyntheticStream.audioConfig(SyntheticStream.AAC_B));
    RecordingBench bench = new RecordingBench().leg(tags);
    CollectingSink sink = bench.finish();
    FlvTags.assertSameFrames(expected(FRAMES), bench.writtenByTime());
    assertEquals(2, sink.opened.size());
    assertArrayEquals(SyntheticStream.AAC_B, sink.opened.get(1).audio().payload());
    assertEquals(sink.opened.get(0).video(), sink.opened.get(1).video());
    assertTrue(
        sink.inFile(1).stream().filter(f -> f.track() == Track.VIDEO).findFirst().get().key());
  }

  /** Sound so late that it is no longer waited for goes into the new file at rising times. */
  @Test
  void soundThatComesTooLateIsKept() {
    List<FlvTag> frames = SyntheticStream.make().pictures(400).audioAhead(-1900).frames();
    RecordingBench bench = new RecordingBench();
    bench.recording.limits(new Limits(4000, Long.MAX_VALUE));
    CollectingSink sink = bench.leg(leg(frames)).finish();
    assertEquals(frames.size(), sink.frames.size());
  }
}
