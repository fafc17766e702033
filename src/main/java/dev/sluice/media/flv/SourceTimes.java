package dev.sluice.media.flv;

/** How far each track came on the source's time line, unwrapped, in milliseconds. */
final class SourceTimes {
  private static final long MAX_STEP_MS = 200;

  private final boolean[] seen = new boolean[2];
  private final long[] last = new long[2];
  private final long[] step = {Track.VIDEO.usualStepMs(), Track.AUDIO.usualStepMs()};
  private long joinedAt = Long.MIN_VALUE;
  private boolean anchored;
  private long reference;

  /** The time of a tag, of which only 32 bits come, near that of the frame before. */
  long unwrap(long raw) {
    if (!anchored) {
      anchored = true;
      reference = raw;
    }
    return reference + (int) (raw - reference);
  }

  boolean seen(Track track) {
    return seen[track.ordinal()];
  }

  long last(Track track) {
    return last[track.ordinal()];
  }

  /** Whether the track was not there yet or came no further than before this time. */
  boolean advances(Track track, long source) {
    return !seen(track) || source > last(track);
  }

  /** A connection goes on at this time: the step that leads there is no frame's length. */
  void joined(long source) {
    joinedAt = source;
  }

  /** A frame was let through. */
  void passed(Track track, long source) {
    int t = track.ordinal();
    boolean follows = seen[t] && last[t] >= joinedAt;
    if (follows && source > last[t] && source - last[t] <= MAX_STEP_MS) {
      step[t] = source - last[t];
    }
    last[t] = seen[t] ? Math.max(last[t], source) : source;
    seen[t] = true;
    reference = source;
  }

  /** A frame that an earlier run let through. */
  void remember(Track track, long source) {
    last[track.ordinal()] = source;
    reference = source;
  }

  /** Everything up to this time is as if let through; tags come near it from now on. */
  void coveredUntil(long source, long near) {
    for (Track track : Track.values()) {
      last[track.ordinal()] = source - step[track.ordinal()];
    }
    anchored = true;
    reference = near;
  }

  void allSeen() {
    seen[0] = true;
    seen[1] = true;
  }

  long newest() {
    long newest = Long.MIN_VALUE;
    for (int t = 0; t < 2; t++) {
      newest = seen[t] ? Math.max(newest, last[t]) : newest;
    }
    return newest;
  }

  /** Time up to which frames were let through, the length of the last ones included. */
  long coveredUntil() {
    long until = Long.MIN_VALUE;
    for (int t = 0; t < 2; t++) {
      until = seen[t] ? Math.max(until, last[t] + step[t]) : until;
    }
    return until;
  }
}
