package dev.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What nobody was sent of a time line, worked out from the frames that were sent. */
public final class Holes {
  private static final long PICTURE_MS = 40;
  private static final long SOUND_MS = 23;

  /** Below this a gap need not be told; one frame more or less may decide it. */
  private static final long SMALL_MS = 60;

  private final List<Long> lengths = new ArrayList<>();

  private Holes() {}

  /** The holes between these frames of 25 pictures a second and sound of 44.1 kHz. */
  public static Holes between(List<Frame> sent) {
    Holes holes = new Holes();
    List<Frame> byTime =
        FlvTags.fromFirstKeyFrame(sent).stream()
            .sorted(Comparator.comparingLong(Frame::timestamp))
            .toList();
    long covered = byTime.get(0).timestamp();
    for (Frame frame : byTime) {
      if (frame.timestamp() - covered > SMALL_MS - PICTURE_MS) {
        holes.lengths.add(frame.timestamp() - covered);
      }
      boolean video = frame.track() == Frame.Track.VIDEO;
      covered = Math.max(covered, frame.timestamp() + (video ? PICTURE_MS : SOUND_MS));
    }
    return holes;
  }

  public long sumMs() {
    return lengths.stream().mapToLong(length -> length).sum();
  }

  /**
   * Fails unless the gaps of a coverage file are as many and, within a frame for each, as long in
   * sum as these holes.
   */
  public void assertTold(JsonNode coverage) {
    List<Long> certain = lengths.stream().filter(one -> one > SMALL_MS + PICTURE_MS).toList();
    JsonNode gaps = coverage.get("gaps");
    long told = 0;
    for (JsonNode gap : gaps) {
      told += gap.get("duration_ms").asLong();
    }
    long least = certain.stream().mapToLong(one -> one - PICTURE_MS).sum();
    boolean sumFits = told >= least && told <= sumMs() + PICTURE_MS * lengths.size();
    boolean countFits = gaps.size() >= certain.size() && gaps.size() <= lengths.size();
    if (!sumFits || !countFits || coverage.get("gap_ms").asLong() != told) {
      throw new AssertionError("holes of " + lengths + " ms, told as " + coverage);
    }
  }
}
