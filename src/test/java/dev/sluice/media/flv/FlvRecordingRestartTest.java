package dev.sluice.media.flv;

import static dev.sluice.media.flv.RecordingBench.expected;
import static dev.sluice.media.flv.SyntheticStream.gopStart;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher, or this program, that begins anew. */
class FlvRecordingRestartTest {
  private static final List<FlvTag> FRAMES = SyntheticStream.make().pictures(400).frames();

  @ParameterizedTest
  @ValueSource(ints = {0, 100, -100})
  void aPublisherThatBeginsAnewInsideOneConnectionLosesNothing(int audioAhead) {
    List<FlvTag> anew =
        SyntheticStream.make().seed(2).audioAhead(audioAhead).pictures(100).frames();
    RecordingBench bench = new RecordingBench().begin(leg(FRAMES)).send(leg(FRAMES));
    bench.waiting(3000).send(leg(anew)).end();
    CollectingSink sink = bench.finish();
    List<Frame> all = expected(FRAMES);
    long from = sink.gaps.get(0).endMs();
    List<FlvTag> byTime = new ArrayList<>(anew);
    byTime.removeIf(FlvTag::isKeyFrame);
    byTime.addAll(anew.stream().filter(FlvTag::isKeyFrame).toList());
    byTime.add(0, byTime.remove(byTime.size() - 4));
    all.addAll(expected(byTime, from).stream().toList());
    List<Frame> videos = all.stream().filter(f -> f.track() == Frame.Track.VIDEO).toList();
    FlvTags.assertSameFrames(
        videos,
        bench.writtenByTime().stream().filter(f -> f.track() == Frame.Track.VIDEO).toList());
    assertEquals(1, sink.gaps.size());
    assertEquals(3000, sink.gaps.get(0).durationMs(), 200);
    assertEquals(1, sink.opened.size());
    if (audioAhead == 0) {
      FlvTags.assertSameFrames(all, bench.writtenByTime());
    }
  }

  @Test
  void thePublisherReturnsWhileTheOldGopIsRepeated() {
    List<FlvTag> anew = SyntheticStream.make().seed(2).audioAhead(60).pictures(100).frames();
    RecordingBench bench = new RecordingBench().leg(leg(FRAMES.subList(0, 300))).waiting(2000);
    List<FlvTag> stale = FRAMES.subList(gopStart(FRAMES, 299), 300);
    bench.begin(leg(FRAMES)).send(leg(stale)).waiting(2000).send(leg(anew)).end();
    CollectingSink sink = bench.finish();
    assertEquals(300 + anew.size(), sink.frames.size());
    assertEquals(1, sink.gaps.size());
    assertEquals(stale.size(), bench.recording.duplicates());
  }

  @Test
  void framesThatAreSentAgainInsideOneConnectionAreDropped() {
    for (int back = 1; back < 100; back += 7) {
      RecordingBench bench = new RecordingBench().begin(leg(FRAMES));
      bench.send(leg(FRAMES.subList(0, 300)));
      bench.send(leg(FRAMES.subList(300 - back, FRAMES.size()))).end();
      CollectingSink sink = bench.finish();
      FlvTags.assertSameFrames(expected(FRAMES), bench.writtenByTime());
      assertEquals(List.of(), sink.gaps, back + " frames again");
      assertEquals(back, bench.recording.duplicates());
    }
  }

  @Test
  void tracksThatGoOnWithDifferentOffsetsAreKept() {
    List<FlvTag> tags = new ArrayList<>(leg(FRAMES.subList(0, 300)));
    List<FlvTag> rest = new ArrayList<>();
    for (FlvTag tag : FRAMES.subList(300, FRAMES.size())) {
      rest.add(tag.isAudio() ? tag : tag.at(tag.timestamp() - 21));
    }
    tags.addAll(leg(rest));
    RecordingBench bench = new RecordingBench().leg(tags);
    assertEquals(FRAMES.size(), bench.finish().frames.size());
    assertEquals(List.of(), bench.sink.gaps);
  }

  @Test
  void framesOfTheSameTimeAreMovedApart() {
    List<FlvTag> frames = new ArrayList<>();
    for (FlvTag tag : FRAMES) {
      frames.add(tag.at(tag.timestamp() / 100 * 100));
    }
    RecordingBench bench = new RecordingBench().leg(leg(frames));
    assertEquals(frames.size(), bench.finish().frames.size());
  }

  /** As after a crash: another object, told of the last frames that stand in the file. */
  @ParameterizedTest
  @ValueSource(longs = {0, 70_000, 0xFFFF_FFFFL - 4000, 3_000_000_000L})
  void thisProgramGoesOnWhereItWas(long start) {
    List<FlvTag> frames = SyntheticStream.make().pictures(400).startingAt(start).frames();
    for (int cut = 300; cut < 420; cut += 9) {
      RecordingBench before = new RecordingBench().leg(leg(frames.subList(0, cut)));
      before.finish();
      RecordingBench after = new RecordingBench();
      after.recording.resume(
          before.recording.sourceOffsetMs(), before.recording.durationMs(), 4_999_000);
      for (int n = cut - 200; n < cut; n++) {
        after.recording.remember(
            production(frames.get(n)), (int) (frames.get(n).timestamp() - start));
      }
      after.leg(leg(frames.subList(gopStart(frames, cut), frames.size()))).finish();
      List<Frame> all = new ArrayList<>(before.written());
      all.addAll(after.written());
      FlvTags.assertSameFrames(expected(frames), all);
      assertEquals(List.of(), after.sink.gaps);
    }
  }

  @Test
  void soundAloneGoesOnAfterThisProgramBeganAnew() {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(400).frames();
    RecordingBench after = new RecordingBench().announcing(true, true);
    after.recording.resume(0, 2000, 4_999_000);
    List<FlvTag> rest = frames.subList(200, frames.size());
    CollectingSink sink = after.leg(leg(rest)).finish();
    FlvTags.assertSameFrames(expected(rest, rest.get(0).timestamp()), after.written());
    assertEquals(1, sink.gaps.size());
    assertTrue(sink.gaps.get(0).atMs() == 2000, sink.gaps.toString());
  }

  private static dev.sluice.media.flv.FlvTag production(FlvTag tag) {
    return new dev.sluice.media.flv.FlvTag(
        tag.type(), tag.timestamp(), List.of(ByteBuffer.wrap(tag.payload())));
  }
}
