package dev.sluice.web;

import dev.sluice.ledger.GapRow;
import dev.sluice.media.mp4.Mp4Tracks;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a recording is cut into fragments for a player: at key frames, the files one after the
 * other. The same files give the same fragments, so that a playlist only ever grows at its end.
 */
final class PlayPlan {
  /** Key frames every second never stand at whole seconds. */
  private static final long TOLERANCE_MS = 50;

  private static final long LARGEST = 8L << 20;

  /** A step between two files that is more than the rounding of their ends. */
  private static final long STEP_MS = 100;

  private final List<GapRow> gaps;
  private final long targetMs;
  private final List<Fragment> fragments = new ArrayList<>();
  private Mp4Tracks tracks;
  private long endMs;
  private boolean broken;

  /**
   * One file.
   *
   * @param segment row id
   * @param startMs on the recording's time line
   * @param endMs on the recording's time line
   * @param open whether it still grows
   */
  record Part(long segment, long startMs, long endMs, boolean open, PlayFile.Known known) {}

  /**
   * One fragment.
   *
   * @param from first byte in its file
   * @param to behind its last byte
   * @param atMs on the recording's time line
   * @param lengthMs what of it can be played
   * @param broken whether the media does not go on where the fragment before ended
   */
  record Fragment(long segment, long from, long to, long atMs, long lengthMs, boolean broken) {}

  private PlayPlan(List<GapRow> gaps, long targetMs) {
    this.gaps = gaps;
    this.targetMs = targetMs;
  }

  /**
   * @param parts in order
   * @param gaps of the recording
   * @param targetMs a fragment ends at the first key frame after this time
   */
  static List<Fragment> of(List<Part> parts, List<GapRow> gaps, long targetMs) {
    PlayPlan plan = new PlayPlan(gaps, targetMs);
    parts.forEach(plan::add);
    return plan.fragments;
  }

  private void add(Part part) {
    PlayFile.Known known = part.known();
    broken = tracks != null && (!tracks.equals(known.tracks()) || isStep(part));
    tracks = known.tracks();
    long[] times = known.times();
    int first = 0;
    for (int i = 1; i < times.length; i++) {
      long from = part.startMs() + times[first];
      long to = part.startMs() + times[i];
      long missing = missing(from, to);
      long bytes = known.positions()[i] - known.positions()[first];
      if (missing > 0 || to - from >= targetMs - TOLERANCE_MS || bytes >= LARGEST) {
        fragments.add(
            new Fragment(
                part.segment(),
                known.positions()[first],
                known.positions()[i],
                from,
                Math.max(1, to - from - missing),
                broken));
        broken = missing > 0;
        first = i;
      }
    }
    endMs = part.endMs();
    if (!part.open() && times.length > 0 && known.end() > known.positions()[first]) {
      long from = part.startMs() + times[first];
      long length = Math.max(1, part.endMs() - from - missing(from, part.endMs()));
      long begin = known.positions()[first];
      fragments.add(new Fragment(part.segment(), begin, known.end(), from, length, broken));
    }
  }

  private boolean isStep(Part part) {
    return Math.abs(part.startMs() - endMs) > STEP_MS;
  }

  private long missing(long fromMs, long toMs) {
    long sum = 0;
    for (GapRow gap : gaps) {
      long from = Math.max(fromMs, gap.atMs());
      long to = Math.min(toMs, gap.atMs() + gap.durationMs());
      sum += to - from > STEP_MS ? to - from : 0;
    }
    return sum;
  }
}
