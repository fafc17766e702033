package dev.sluice.media.flv;

/**
 * Remembers what was written lately, so that a repeat can be known by content: every frame of about
 * the last half minute, the key frames of some hours, and how it all began: by that a file is known
 * that is served again from its beginning. Fixed memory: about 130 KiB.
 */
final class WrittenHistory {
  private static final int FRAMES = 4096;
  private static final int KEY_FRAMES = 4096;
  private static final int FIRST_FRAMES = 16;

  private final Ring frames = new Ring(FRAMES);
  private final Ring keyFrames = new Ring(KEY_FRAMES);
  private final Ring firstFrames = new Ring(FIRST_FRAMES);

  void add(Track track, long sourceMs, long fingerprint, boolean key) {
    frames.add(mark(track, sourceMs), fingerprint);
    if (!firstFrames.isFull()) {
      firstFrames.add(mark(track, sourceMs), fingerprint);
    }
    if (key) {
      keyFrames.add(mark(track, sourceMs), fingerprint);
    }
  }

  /** Whether exactly this frame was written: same track, same source time, same content. */
  boolean contains(Track track, long sourceMs, long fingerprint, boolean key) {
    long mark = mark(track, sourceMs);
    return frames.contains(mark, fingerprint)
        || firstFrames.contains(mark, fingerprint)
        || key && keyFrames.contains(mark, fingerprint);
  }

  /** Whether every frame of this source time or later would be known. */
  boolean reachesBackTo(long sourceMs) {
    return !frames.isFull() || frames.earliest() >> 1 <= sourceMs;
  }

  /** Forgets everything: the source's time line began anew. */
  void clear() {
    frames.clear();
    keyFrames.clear();
    firstFrames.clear();
  }

  private static long mark(Track track, long sourceMs) {
    return sourceMs << 1 | track.ordinal();
  }

  /** Pairs of numbers, the oldest overwritten first; grows to its bound only as it is filled. */
  private static final class Ring {
    private static final int FIRST_SIZE = 256;
    private final int bound;
    private long[] marks;
    private long[] prints;
    private int next;
    private int size;

    Ring(int bound) {
      this.bound = bound;
      marks = new long[Math.min(bound, FIRST_SIZE)];
      prints = new long[marks.length];
    }

    void add(long mark, long print) {
      if (next == marks.length && marks.length < bound) {
        marks = java.util.Arrays.copyOf(marks, marks.length * 2);
        prints = java.util.Arrays.copyOf(prints, prints.length * 2);
      }
      next = next == marks.length ? 0 : next;
      marks[next] = mark;
      prints[next] = print;
      next++;
      size = Math.max(size, next);
    }

    boolean isFull() {
      return size == bound;
    }

    long earliest() {
      long earliest = Long.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        earliest = Math.min(earliest, marks[i]);
      }
      return earliest;
    }

    boolean contains(long mark, long print) {
      // Only asked while a connection is being joined, so a plain scan will do.
      for (int i = 0; i < size; i++) {
        if (marks[i] == mark && prints[i] == print) {
          return true;
        }
      }
      return false;
    }

    void clear() {
      next = 0;
      size = 0;
    }
  }
}
