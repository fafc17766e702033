package dev.sluice.media.flv;

import static dev.sluice.media.flv.SyntheticStream.AAC_A;
import static dev.sluice.media.flv.SyntheticStream.AAC_A_NO_SBR;
import static dev.sluice.media.flv.SyntheticStream.AVC_A;
import static dev.sluice.media.flv.SyntheticStream.AVC_B;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static dev.sluice.media.flv.SyntheticStream.videoConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Order and configurations (flv.md §6.3, rules 1, 5 and 6) on random streams. */
class FlvRulesPropertyTest {
  private static final int TRIES = 150;
  private static final Comparator<Frame> BY_TIME =
      Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track);

  private static SyntheticStream stream(Random random) {
    return SyntheticStream.make()
        .seed(random.nextInt())
        .pictures(200 + random.nextInt(200))
        .gop(5 + random.nextInt(60))
        .videoStep(20 + random.nextInt(30));
  }

  private static List<Frame> expected(List<FlvTag> frames) {
    List<Frame> all = new ArrayList<>();
    long base = frames.get(0).timestamp();
    for (FlvTag tag : frames) {
      Frame frame = Frame.of(tag);
      long at = (int) (tag.timestamp() - base);
      all.add(new Frame(frame.track(), at, frame.payloadHash(), frame.key()));
    }
    all.sort(BY_TIME);
    return all;
  }

  /** Rule 1: the clock of a source may wrap anywhere, several times. */
  @Test
  void theClockWrapsWhereverItWill() {
    for (int i = 0; i < Seeds.tries(TRIES); i++) {
      long seed = Seeds.of("theClockWraps") + i;
      Random random = new Random(seed);
      long start = (1L << (random.nextBoolean() ? 32 : 31)) - random.nextInt(12_000);
      List<FlvTag> frames = stream(random).startingAt(start).frames();
      FlvTags.assertSameFrames(
          expected(frames), new RecordingBench().leg(leg(frames)).finished().writtenByTime());
    }
  }

  /** Rule 5: frames that come up to half a second late find their place, and none is dropped. */
  @Test
  void lateFramesFindTheirPlace() {
    for (int i = 0; i < Seeds.tries(TRIES); i++) {
      long seed = Seeds.of("lateFramesFindTheirPlace") + i;
      Random random = new Random(seed);
      List<FlvTag> right = stream(random).startingAt(random.nextInt(100_000)).frames();
      // so many that the first one is overtaken by frames of its own track that have gone out
      int late = 8 + random.nextInt(10);
      List<FlvTag> sent = new ArrayList<>(right);
      int first = 80 + random.nextInt(20);
      for (int n = first; n + 2 * late < sent.size(); n += late + 2 + random.nextInt(20)) {
        sent.add(n + (n == first ? late : 1 + random.nextInt(late)), sent.remove(n));
      }
      List<Frame> written = new RecordingBench().leg(leg(sent)).finished().writtenByTime();
      assertEquals(right.size(), written.size(), "seed " + seed);
      long settled = right.get(first + 2 * late).timestamp() - right.get(0).timestamp() + 100;
      List<Frame> wanted = expected(right);
      wanted.removeIf(frame -> frame.timestamp() < settled);
      List<Frame> found = new ArrayList<>(written);
      found.removeIf(frame -> frame.timestamp() < settled);
      try {
        FlvTags.assertSameFrames(wanted, found);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Rule 6: a file for each configuration, however often it is repeated or spelled otherwise. */
  @Test
  void everyConfigurationHasFilesOfItsOwn() {
    for (int i = 0; i < Seeds.tries(TRIES); i++) {
      long seed = Seeds.of("everyConfigurationHasFiles") + i;
      Random random = new Random(seed);
      List<FlvTag> frames = stream(random).frames();
      List<FlvTag> sent = new ArrayList<>(leg(frames.subList(0, 1)));
      sent.add(SyntheticStream.audioConfig(AAC_A));
      byte[] now = AVC_A;
      List<byte[]> wanted = new ArrayList<>(List.of(AVC_A));
      for (FlvTag frame : frames.subList(1, frames.size())) {
        boolean change = frame.isKeyFrame() && random.nextInt(3) == 0;
        if (change) {
          now = now == AVC_A ? AVC_B : AVC_A;
          wanted.add(now);
        }
        if (change || random.nextInt(20) == 0) {
          sent.add(videoConfig(now));
        }
        if (random.nextInt(30) == 0) {
          sent.add(SyntheticStream.audioConfig(random.nextBoolean() ? AAC_A : AAC_A_NO_SBR));
        }
        sent.add(frame);
      }
      CollectingSink sink = new RecordingBench().leg(sent).finish();
      assertEquals(frames.size(), sink.frames.size(), "seed " + seed);
      List<CodecConfig> opened = sink.opened.stream().map(CollectingSink.Opened::video).toList();
      assertEquals(wanted.stream().map(this::config).toList(), opened, "seed " + seed);
      for (int file = 0; file < opened.size(); file++) {
        assertTrue(
            sink.inFile(file).stream()
                .filter(frame -> frame.track() == Track.VIDEO)
                .findFirst()
                .orElseThrow()
                .key(),
            "seed " + seed);
      }
    }
  }

  private CodecConfig config(byte[] payload) {
    return CodecConfig.of(
        new dev.sluice.media.flv.FlvTag(9, 0, List.of(java.nio.ByteBuffer.wrap(payload))));
  }
}
