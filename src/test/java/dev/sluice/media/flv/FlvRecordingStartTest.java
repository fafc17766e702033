package dev.sluice.media.flv;

import static dev.sluice.media.flv.RecordingBench.expected;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.FlvException.Kind;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection without faults, or with only those that come inside one. */
class FlvRecordingStartTest {
  private static final List<FlvTag> FRAMES = SyntheticStream.make().pictures(200).frames();

  private static int keyFrame(List<FlvTag> frames, int number) {
    int seen = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).isKeyFrame() && seen++ == number) {
        return i;
      }
    }
    throw new IllegalArgumentException("no key frame " + number);
  }

  @Test
  void everyFrameStandsOnceAndInOrder() {
    RecordingBench bench = new RecordingBench().leg(leg(FRAMES));
    CollectingSink sink = bench.mustBe(expected(FRAMES));
    assertEquals(1, bench.firstMedia);
    assertEquals(1, sink.opened.size());
    assertEquals(List.of(), sink.gaps);
    assertEquals(0, bench.recording.duplicates());
    assertEquals(FRAMES.size(), bench.recording.newFrames());
    assertNotNull(sink.opened.get(0).video());
    assertNotNull(sink.opened.get(0).audio());
    assertEquals(8000, sink.ends.get(0).endMs(), 30);
  }

  @Test
  void aStartInsideAGopWaitsForItsKeyFrame() {
    int key = keyFrame(FRAMES, 1);
    RecordingBench bench = new RecordingBench().leg(leg(FRAMES.subList(5, FRAMES.size())));
    CollectingSink sink = bench.mustBe(expected(FRAMES.subList(key, FRAMES.size())));
    assertEquals(List.of(), sink.gaps);
    assertEquals(0, sink.opened.get(0).startMs());
  }

  @ParameterizedTest
  @ValueSource(longs = {4023, 1, 3_000_000_000L, 0x7FFF_FFF0L, 0xFFFF_FFFFL, 0xFFFF_F000L})
  void timesCountFromTheFirstKeyFrame(long start) {
    List<FlvTag> frames = SyntheticStream.make().pictures(200).startingAt(start).frames();
    new RecordingBench().leg(leg(frames)).mustBe(expected(frames));
  }

  @Test
  void aWrapInsideOneConnectionIsNoStep() {
    for (int before = 1; before < 300; before += 7) {
      long start = 0x1_0000_0000L - before;
      List<FlvTag> frames =
          SyntheticStream.make().audioAhead(60).pictures(60).startingAt(start).frames();
      int key = keyFrame(frames, 0);
      List<FlvTag> later = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        if (i >= key || (int) (frames.get(i).timestamp() - start) >= 0) {
          later.add(frames.get(i));
        }
      }
      later.remove(frames.get(key));
      later.add(0, frames.get(key));
      CollectingSink sink = new RecordingBench().leg(leg(frames)).mustBe(expected(later));
      assertEquals(List.of(), sink.gaps, "wrap after " + before);
    }
  }

  @Test
  void soundThatIsSentEarlierIsPutInOrder() {
    List<FlvTag> frames = SyntheticStream.make().audioAhead(400).pictures(200).frames();
    new RecordingBench().leg(leg(frames)).mustBe(wholeOf(frames));
  }

  @Test
  void soundThatIsSentLaterIsPutInOrder() {
    List<FlvTag> frames = SyntheticStream.make().audioAhead(-400).pictures(200).frames();
    new RecordingBench().leg(leg(frames)).mustBe(wholeOf(frames));
  }

  private static List<Frame> wholeOf(List<FlvTag> frames) {
    List<FlvTag> sorted = new ArrayList<>(frames);
    FlvTag key = frames.get(keyFrame(frames, 0));
    sorted.remove(key);
    sorted.add(0, key);
    return expected(sorted);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soundAlone(boolean videoIsAnnounced) {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(200).frames();
    RecordingBench bench = new RecordingBench().announcing(true, videoIsAnnounced);
    CollectingSink sink = bench.leg(leg(frames)).mustBe(expected(frames));
    assertNull(sink.opened.get(0).video());
  }

  @Test
  void aLongFileOfSoundAloneThatComesAtOnceIsWhole() {
    byte[] fat = new byte[2000];
    List<FlvTag> frames = new ArrayList<>();
    for (int n = 0; n < 1000; n++) {
      byte[] payload = fat.clone();
      payload[0] = (byte) 0xAF;
      payload[1] = 1;
      payload[2] = (byte) n;
      payload[3] = (byte) (n >> 8);
      frames.add(new FlvTag(FlvTag.AUDIO, n * 23L, payload));
    }
    new RecordingBench().announcing(true, true).atOnce().leg(leg(frames)).mustBe(expected(frames));
  }

  @Test
  void picturesAlone() {
    List<FlvTag> frames = SyntheticStream.make().withoutAudio().pictures(200).frames();
    RecordingBench bench = new RecordingBench().announcing(true, true);
    CollectingSink sink = bench.leg(leg(frames)).mustBe(expected(frames));
    assertNull(sink.opened.get(0).audio());
  }

  @Test
  void soundIsKeptWhenAnnouncedPicturesNeverCome() {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(200).frames();
    List<FlvTag> tags = new ArrayList<>(leg(frames));
    tags.add(0, SyntheticStream.videoConfig(SyntheticStream.AVC_A));
    new RecordingBench().leg(tags).mustBe(expected(frames));
  }

  @Test
  void picturesThatComeLateBeginWithAKeyFrame() {
    List<FlvTag> sound = FRAMES.stream().filter(FlvTag::isAudio).toList();
    int from = keyFrame(FRAMES, 3) + 4;
    int key = keyFrame(FRAMES, 4);
    List<FlvTag> kept = new ArrayList<>();
    List<FlvTag> tags = new ArrayList<>(leg(sound.subList(0, 1)).subList(0, 2));
    for (int i = 0; i < FRAMES.size(); i++) {
      FlvTag tag = FRAMES.get(i);
      if (i == from) {
        tags.add(SyntheticStream.videoConfig(SyntheticStream.AVC_A));
      }
      if (tag.isAudio() || i >= from) {
        tags.add(tag);
      }
      if (tag.isAudio() || i >= key) {
        kept.add(tag);
      }
    }
    CollectingSink sink =
        new RecordingBench().announcing(true, false).leg(tags).mustBe(expected(kept));
    assertEquals(2, sink.opened.size());
    assertTrue(sink.inFile(1).get(0).key(), "the second file begins with its key frame");
  }

  @Test
  void whatIsNoFrameIsSwallowed() {
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES.subList(0, 300)));
    tags.add(100, SyntheticStream.metadata(0));
    tags.add(101, SyntheticStream.videoConfig(SyntheticStream.AVC_A));
    tags.add(102, SyntheticStream.audioConfig(SyntheticStream.AAC_A));
    tags.add(150, SyntheticStream.endOfSequence(2000));
    tags.add(170, new FlvTag(FlvTag.VIDEO, 2000, new byte[] {0x57, 0}));
    tags.add(180, new FlvTag(FlvTag.AUDIO, 2000, new byte[0]));
    CollectingSink sink = new RecordingBench().leg(tags).mustBe(expected(FRAMES.subList(0, 300)));
    assertEquals(1, sink.opened.size());
  }

  @Test
  void aStillPictureAndSilenceAreNoRepeats() {
    List<FlvTag> tags = FlvTags.read(FlvSamples.stillAndSilent(Duration.ofSeconds(40)));
    List<FlvTag> frames =
        tags.stream().filter(FlvTag::isMedia).dropWhile(tag -> !tag.isKeyFrame()).toList();
    RecordingBench bench = new RecordingBench().leg(tags);
    bench.mustBe(expected(frames));
    assertEquals(0, bench.recording.duplicates());
  }

  @Test
  void variableFrameRatesAreNoGaps() {
    List<FlvTag> frames = SyntheticStream.make().withoutAudio().videoStep(1000).gop(5).frames();
    assertEquals(List.of(), new RecordingBench().leg(leg(frames)).mustBe(expected(frames)).gaps);
  }

  @Test
  void timeThatTheSourceLacksIsAGap() {
    List<FlvTag> frames = new ArrayList<>(FRAMES);
    frames.removeIf(tag -> tag.timestamp() >= 3000 && tag.timestamp() < 5000);
    CollectingSink sink = new RecordingBench().leg(leg(frames)).mustBe(expected(frames));
    assertEquals(1, sink.gaps.size());
    assertEquals(3000, sink.gaps.get(0).atMs(), 25);
    assertEquals(5000, sink.gaps.get(0).endMs(), 25);
  }

  @Test
  void aTrackThatPausesIsNoGap() {
    List<FlvTag> frames = new ArrayList<>(FRAMES);
    frames.removeIf(tag -> tag.isVideo() && tag.timestamp() >= 3000 && tag.timestamp() < 5000);
    assertEquals(List.of(), new RecordingBench().leg(leg(frames)).mustBe(expected(frames)).gaps);
  }

  @Test
  void whatIsInDoubtWhenItIsStoppedIsWritten() {
    List<FlvTag> frames = new ArrayList<>(FRAMES);
    int last = frames.size() - 1;
    frames.set(last, frames.get(last).at(frames.get(last).timestamp() + 900_000));
    RecordingBench bench = new RecordingBench().begin(leg(frames)).send(leg(frames));
    assertEquals(FRAMES.size(), bench.finish().frames.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "90"})
  void foreignCodecsAreNamed(String firstByte) {
    byte[] payload = {(byte) Integer.parseInt(firstByte, 16), 'v', 'v', 'c', '1', 0, 0, 0};
    RecordingBench bench = new RecordingBench().begin(leg(FRAMES));
    AssertionError e =
        assertThrows(
            AssertionError.class, () -> bench.send(List.of(new FlvTag(FlvTag.VIDEO, 0, payload))));
    assertEquals(Kind.CODEC, ((FlvException) e.getCause()).kind());
    String name = firstByte.equals("12") ? "video codec Sorenson H.263 (2)" : "video codec vvc1";
    assertEquals(name, e.getCause().getMessage());
  }
}
