package dev.sluice.media.flv;

import static dev.sluice.media.flv.RecordingBench.expected;
import static dev.sluice.media.flv.SyntheticStream.gopStart;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.CollectingSink.Gap;
import dev.sluice.media.flv.CollectingSink.Opened;
import dev.sluice.media.flv.CollectingSink.Written;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to one time line, one after the other. */
class FlvRecordingReconnectTest {
  private static final List<FlvTag> FRAMES = SyntheticStream.make().pictures(400).frames();

  private static List<FlvTag> part(List<FlvTag> frames, int from, int until) {
    return leg(frames.subList(from, until));
  }

  /** Every place of the seam in two GOPs, with the overlap that a GOP cache makes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 60, -60, 300})
  void theGopThatIsSentAgainIsDropped(int audioAhead) {
    List<FlvTag> frames = SyntheticStream.make().audioAhead(audioAhead).pictures(200).frames();
    List<FlvTag> all = new ArrayList<>(frames);
    int first = gopStart(frames, 20);
    for (int cut = 120; cut < 260; cut++) {
      RecordingBench bench = new RecordingBench();
      bench.leg(part(frames, first, cut)).leg(part(frames, gopStart(frames, cut), all.size()));
      CollectingSink sink = bench.finish();
      FlvTags.assertSameFrames(expectedFrom(frames, first), bench.writtenByTime());
      assertEquals(List.of(), sink.gaps, "cut at " + cut);
      assertEquals(1, sink.opened.size());
    }
  }

  private static List<Frame> expectedFrom(List<FlvTag> frames, int first) {
    return expected(frames.subList(first, frames.size()));
  }

  @Test
  void aSeamThatIsNotAtAKeyFrameIsFoundToo() {
    for (int overlap = 1; overlap < 120; overlap += 3) {
      RecordingBench bench = new RecordingBench();
      bench.leg(part(FRAMES, 0, 300)).leg(part(FRAMES, 300 - overlap, FRAMES.size()));
      bench.mustBe(expected(FRAMES));
      assertEquals(overlap, bench.recording.duplicates());
    }
  }

  @Test
  void theSameOldGopAgainAndAgainIsWrittenOnce() {
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, 0, 300));
    long before = bench.recording.newFrames();
    for (int i = 0; i < 20; i++) {
      bench.waiting(3000).leg(part(FRAMES, gopStart(FRAMES, 299), 300));
    }
    assertEquals(before, bench.recording.newFrames());
    CollectingSink sink = bench.mustBe(expected(FRAMES.subList(0, 300)));
    assertEquals(List.of(), sink.gaps);
  }

  /** Sound is sent ahead, and the first connection breaks off before its first picture. */
  @Test
  void aPictureOfBeforeTheFirstSoundStandsAtTheBeginning() {
    List<FlvTag> frames = SyntheticStream.make().audioAhead(110).pictures(50).frames();
    assertTrue(frames.subList(0, 5).stream().allMatch(FlvTag::isAudio));
    RecordingBench bench = new RecordingBench().leg(part(frames, 2, 4));
    CollectingSink sink = bench.leg(part(frames, 4, frames.size())).finish();
    assertEquals(frames.size() - 2, sink.frames.size());
    assertEquals(List.of(), sink.gaps);
    assertEquals(List.of(0L, 0L), sink.opened.stream().map(Opened::startMs).toList());
    assertEquals(0, sink.inFile(1).stream().filter(Written::key).findFirst().orElseThrow().at());
  }

  /** The first connection is one picture; the sound that comes with the second is ahead of it. */
  @Test
  void soundThatAppearsWithASecondConnectionIsNoGap() {
    List<FlvTag> frames = SyntheticStream.make().audioAhead(150).gop(1).pictures(50).frames();
    int key = gopStart(frames, 60);
    int next = key + 1;
    while (!frames.get(next).isKeyFrame()) {
      next++;
    }
    RecordingBench bench = new RecordingBench().leg(part(frames, key, key + 1));
    bench.leg(part(frames, key, next + 1)).leg(part(frames, next, frames.size()));
    CollectingSink sink = bench.finish();
    FlvTags.assertSameFrames(expectedFrom(frames, key), bench.writtenByTime());
    assertEquals(List.of(), sink.gaps);
  }

  /** The first connection broke at its first picture; the second shows the sound before it. */
  @Test
  void soundOfBeforeTheBeginningStaysOutAlsoWhenItIsNew() {
    int key = gopStart(FRAMES, 300);
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, key - 30, key + 1));
    bench.leg(part(FRAMES, key - 30, FRAMES.size()));
    bench.finish();
    FlvTags.assertSameFrames(expectedFrom(FRAMES, key), bench.writtenByTime());
  }

  /** A connection of a single frame behind a gap: the next gap is counted from its real end. */
  @Test
  void gapsInARowAreEachCountedInFull() {
    List<FlvTag> frames = SyntheticStream.make().withoutAudio().gop(1).pictures(30).frames();
    RecordingBench bench = new RecordingBench().leg(part(frames, 0, 10));
    bench.leg(part(frames, 13, 14)).leg(part(frames, 18, 30));
    CollectingSink sink = bench.finish();
    assertEquals(
        List.of(new Gap(400, 120, "connection lost"), new Gap(560, 160, "connection lost")),
        sink.gaps);
  }

  @Test
  void aConnectionThatComesLaterLeavesAGapOfSourceTime() {
    int next = gopStart(FRAMES, 800);
    List<FlvTag> kept = new ArrayList<>(FRAMES.subList(0, 300));
    kept.addAll(FRAMES.subList(next, FRAMES.size()));
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, 0, 300));
    CollectingSink sink =
        bench.waiting(9000).leg(part(FRAMES, next - 9, FRAMES.size())).mustBe(expected(kept));
    assertEquals(1, sink.gaps.size());
    assertEquals(FRAMES.get(next).timestamp(), sink.gaps.get(0).endMs());
    assertEquals(FRAMES.get(299).timestamp(), sink.gaps.get(0).atMs(), 45);
    assertEquals("connection lost", sink.gaps.get(0).cause());
    assertEquals(1, sink.opened.size());
  }

  @Test
  void aTimeLineThatBeganAnewGoesOnInTheSameFile() {
    List<FlvTag> anew = SyntheticStream.make().seed(2).pictures(100).startingAt(70).frames();
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, 0, 300)).waiting(4000);
    CollectingSink sink = bench.leg(leg(anew)).finish();
    long end = FRAMES.get(299).timestamp();
    assertEquals(1, sink.gaps.size());
    assertEquals(4000, sink.gaps.get(0).durationMs());
    assertEquals(end, sink.gaps.get(0).atMs(), 45);
    List<Frame> all = expected(FRAMES.subList(0, 300));
    all.addAll(expected(anew, sink.gaps.get(0).endMs()));
    FlvTags.assertSameFrames(all, bench.written());
    assertEquals(1, sink.opened.size());
  }

  @Test
  void aTimeLineThatBeganAnewCanBeJoinedInItsTurn() {
    List<FlvTag> anew = SyntheticStream.make().seed(2).pictures(100).frames();
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, 0, 300)).waiting(4000);
    bench.leg(part(anew, 0, 150)).leg(part(anew, gopStart(anew, 150), anew.size()));
    CollectingSink sink = bench.finish();
    List<Frame> all = expected(FRAMES.subList(0, 300));
    all.addAll(expected(anew, sink.gaps.get(0).endMs()));
    FlvTags.assertSameFrames(all, bench.written());
    assertEquals(1, sink.gaps.size());
  }

  @Test
  void aStillPictureAndSilenceAreNotLostAfterAReconnect() {
    List<FlvTag> tags = FlvTags.read(FlvSamples.stillAndSilent(Duration.ofSeconds(40)));
    List<FlvTag> frames =
        tags.stream().filter(FlvTag::isMedia).dropWhile(tag -> !tag.isKeyFrame()).toList();
    for (int cut = 400; cut < 600; cut += 13) {
      RecordingBench bench = new RecordingBench().leg(part(frames, 0, cut));
      bench.leg(part(frames, gopStart(frames, cut), frames.size())).mustBe(expected(frames));
    }
  }

  @Test
  void aWholeFileThatIsServedAgainIsWrittenOnce() {
    List<FlvTag> frames = SyntheticStream.make().pictures(4000).frames();
    assertTrue(frames.size() > 2 * 4096 / 2, "must be longer than the ring");
    RecordingBench bench = new RecordingBench().atOnce().leg(leg(frames));
    for (int i = 0; i < 3; i++) {
      bench.waiting(1000).leg(leg(frames));
    }
    assertEquals(3L * frames.size(), bench.recording.duplicates());
    assertEquals(List.of(), bench.mustBe(expected(frames)).gaps);
  }

  @Test
  void aWholeFileOfSoundAloneThatIsServedAgainIsWrittenOnce() {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(4000).frames();
    RecordingBench bench = new RecordingBench().atOnce().announcing(true, true);
    bench.leg(leg(frames)).waiting(1000).leg(leg(frames)).waiting(1000).leg(leg(frames));
    assertEquals(List.of(), bench.mustBe(expected(frames)).gaps);
  }

  @Test
  void aFileThatIsServedAgainAndLongerGoesOn() {
    List<FlvTag> frames = SyntheticStream.make().pictures(4000).frames();
    RecordingBench bench = new RecordingBench().atOnce().leg(leg(frames.subList(0, 7000)));
    assertEquals(List.of(), bench.leg(leg(frames)).mustBe(expected(frames)).gaps);
  }

  @Test
  void aWrapBetweenTwoConnectionsIsNoStep() {
    List<FlvTag> frames =
        SyntheticStream.make().pictures(400).startingAt(0x1_0000_0000L - 5000).frames();
    for (int cut = 300; cut < 450; cut += 7) {
      RecordingBench bench = new RecordingBench().leg(part(frames, 0, cut));
      bench.leg(part(frames, gopStart(frames, cut), frames.size()));
      assertEquals(List.of(), bench.mustBe(expected(frames)).gaps);
    }
  }

  @Test
  void aTagThatIsCutOffComesWithTheNextConnection() {
    FlvTag cutOff = FRAMES.get(300);
    for (int bytes = 1; bytes < cutOff.toBytes().length; bytes += 3) {
      RecordingBench bench = new RecordingBench().begin(leg(FRAMES));
      bench.send(part(FRAMES, 0, 300)).bytes(Arrays.copyOf(cutOff.toBytes(), bytes)).end();
      bench.leg(part(FRAMES, gopStart(FRAMES, 300), FRAMES.size())).mustBe(expected(FRAMES));
    }
  }

  @Test
  void connectionsWithoutAnythingChangeNothing() {
    RecordingBench bench = new RecordingBench().leg(List.of()).leg(part(FRAMES, 0, 300));
    bench
        .leg(List.of())
        .leg(leg(List.of()))
        .leg(part(FRAMES, gopStart(FRAMES, 310), FRAMES.size()));
    assertEquals(1, bench.mustBe(expected(FRAMES)).opened.size());
  }

  @Test
  void soundAloneIsJoinedToo() {
    List<FlvTag> frames = SyntheticStream.make().withoutVideo().pictures(400).frames();
    for (int overlap = 0; overlap < 30; overlap++) {
      RecordingBench bench = new RecordingBench().announcing(true, true);
      bench.leg(part(frames, 0, 300)).leg(part(frames, 300 - overlap, frames.size()));
      assertEquals(List.of(), bench.mustBe(expected(frames)).gaps);
    }
  }

  @Test
  void aBroadcastThatGoesOnWithSoundAloneIsKept() {
    List<FlvTag> sound =
        FRAMES.subList(500, FRAMES.size()).stream().filter(FlvTag::isAudio).toList();
    List<FlvTag> kept = new ArrayList<>(FRAMES.subList(0, 300));
    kept.addAll(sound);
    RecordingBench bench = new RecordingBench().leg(part(FRAMES, 0, 300)).waiting(3000);
    assertEquals(1, bench.leg(leg(sound)).mustBe(expected(kept)).gaps.size());
  }
}
