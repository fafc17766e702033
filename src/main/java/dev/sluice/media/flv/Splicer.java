package dev.sluice.media.flv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Joins the connections of one recording into one time line: drops exactly the frames that were
 * written already, keeps the rest, and says what is missing (flv.md §6.3).
 *
 * <p>A frame is a repeat only if a new connection began or the source's time stepped back, and its
 * content matches. A connection that cannot be matched waits for its key frame.
 */
final class Splicer {
  private static final long RESET_STEP_MS = 1000;
  private static final long CONTINUE_SLACK_MS = 5000;
  private static final long SMALL_GAP_MS = 60;
  private static final long PREROLL_MS = 1000;
  private static final int PREROLL_BYTES = 512 * 1024;
  private static final long MAX_STEP_MS = 200;

  private enum Mode {
    /** Waits for the frame that begins the recording, or a connection that could not be matched. */
    SEEKING,
    /** Drops frames that are known. */
    REPEATING,
    RUNNING
  }

  private final Consumer<Frame> out;
  private final WrittenHistory history = new WrittenHistory();
  private final Deque<Held> preroll = new ArrayDeque<>();
  private int prerollBytes;
  private final boolean[] seen = new boolean[2];
  private final boolean[] joined = new boolean[2];
  private final long[] last = new long[2];
  private final long[] step = {Track.VIDEO.usualStepMs(), Track.AUDIO.usualStepMs()};
  private Mode mode = Mode.SEEKING;
  private boolean began;
  private boolean firstOfJoin;
  private long offset;
  private long lastArrival;
  private String cause = "connection lost";
  private boolean videoComing = true;
  private boolean legHasVideo;
  private long legStarted;
  private long reference;
  private long duplicates;

  private record Held(FlvTag tag, long source, CodecConfig config) {}

  Splicer(Consumer<Frame> out) {
    this.out = out;
  }

  /**
   * Continues an earlier recording, whose last frames are then told by {@link #remember}.
   *
   * @param sourceOffset source time minus joined time
   * @param endMs joined time up to which it is covered
   */
  void resume(long sourceOffset, long endMs, String gapCause) {
    began = true;
    offset = sourceOffset;
    cause = gapCause;
    for (Track track : Track.values()) {
      last[track.ordinal()] = offset + endMs - step[track.ordinal()];
      seen[track.ordinal()] = true;
    }
    reference = offset + endMs;
  }

  /** A frame that an earlier run of the program wrote, on the joined time line. */
  void remember(Track track, long at, long fingerprint, boolean key) {
    long source = at + offset;
    history.add(track, source, fingerprint, key);
    last[track.ordinal()] = source;
    reference = source;
  }

  /** A new connection begins; its file header announces these tracks. */
  void legStarted(long nowMs, boolean announcesVideo, String gapCause) {
    joinAnew();
    legHasVideo = false;
    videoComing = announcesVideo || seen[Track.VIDEO.ordinal()];
    legStarted = nowMs;
    if (gapCause != null) {
      cause = gapCause;
    }
  }

  private void joinAnew() {
    mode = Mode.SEEKING;
    firstOfJoin = true;
    joined[0] = false;
    joined[1] = false;
    clearPreroll();
  }

  /** Time at which the newest frame was let through. */
  void arrivedBefore(long nowMs) {
    lastArrival = nowMs;
  }

  long duplicates() {
    return duplicates;
  }

  /** Source time minus joined time of what is written now. */
  long sourceOffset() {
    return offset;
  }

  /** A video tag of any kind was seen on this connection. */
  void videoSeen() {
    legHasVideo = true;
    videoComing = true;
  }

  void accept(FlvTag tag, CodecConfig config, long nowMs) {
    Track track = Track.of(tag);
    if (!began) {
      reference = tag.time();
    }
    long source = unwrap(tag.time());
    int t = track.ordinal();
    if ((mode == Mode.RUNNING || joined[t]) && source < last[t] - RESET_STEP_MS) {
      cause = "source began anew";
      joinAnew();
    }
    switch (mode) {
      case SEEKING -> seek(tag, track, source, config, nowMs);
      case REPEATING -> repeat(tag, track, source, config, nowMs);
      case RUNNING -> pass(tag, track, source, config, nowMs);
    }
  }

  private long unwrap(long raw) {
    return reference + (int) (raw - reference);
  }

  private void seek(FlvTag tag, Track track, long source, CodecConfig config, long nowMs) {
    if (began && isKnown(tag, track, source)) {
      duplicates++;
      clearPreroll();
      mode = Mode.REPEATING;
      return;
    }
    if (track == Track.AUDIO && videoComing) {
      hold(tag, source, config);
      if (nowMs - legStarted > PREROLL_MS) {
        beginWithSoundAlone(nowMs);
      }
      return;
    }
    if (track == Track.VIDEO && !tag.isKeyFrame()) {
      return;
    }
    beginAt(source, track, nowMs);
    pass(tag, track, source, config, nowMs);
    releasePreroll(source, source, nowMs);
  }

  /** The connection ended: sound that waited for pictures that never came is let through. */
  void legEnded(long nowMs) {
    beginWithSoundAlone(nowMs);
    clearPreroll();
  }

  private void beginWithSoundAlone(long nowMs) {
    if (mode == Mode.SEEKING
        && !legHasVideo
        && !seen[Track.VIDEO.ordinal()]
        && !preroll.isEmpty()) {
      videoComing = false;
      beginAt(preroll.getFirst().source(), Track.AUDIO, nowMs);
      releasePreroll(Long.MIN_VALUE, Long.MAX_VALUE, nowMs);
    }
  }

  /** Decides at which joined time an unmatched connection goes on. */
  private void beginAt(long source, Track track, long nowMs) {
    mode = Mode.RUNNING;
    if (!began) {
      began = true;
      offset = source;
      firstOfJoin = false;
      return;
    }
    long away = Math.max(0, nowMs - lastArrival);
    long ahead = source - newest();
    boolean continues = ahead > 0 && ahead <= away + CONTINUE_SLACK_MS;
    if (!continues) {
      long end = coveredUntil() - offset;
      offset = source - end - (away > SMALL_GAP_MS ? away : 0);
      history.clear();
      for (Track each : Track.values()) {
        last[each.ordinal()] = offset + end - step[each.ordinal()];
      }
      reference = source;
    }
    joined[0] = true;
    joined[1] = true;
  }

  private void repeat(FlvTag tag, Track track, long source, CodecConfig config, long nowMs) {
    int t = track.ordinal();
    if (joined[t] || !seen[t] || source > last[t]) {
      joined[t] = true;
      if (joined[0] && joined[1]) {
        mode = Mode.RUNNING;
      }
      pass(tag, track, source, config, nowMs);
      return;
    }
    if (tag.isKeyFrame() && !isKnown(tag, track, source)) {
      // The same beginning, then other content: another broadcast on a new time line.
      beginAt(source, track, nowMs);
      pass(tag, track, source, config, nowMs);
      return;
    }
    duplicates++;
  }

  private boolean isKnown(FlvTag tag, Track track, long source) {
    int t = track.ordinal();
    return seen[t]
        && source <= last[t]
        && history.contains(track, source, tag.fingerprint(), tag.isKeyFrame());
  }

  private void pass(FlvTag tag, Track track, long source, CodecConfig config, long nowMs) {
    int t = track.ordinal();
    long gap = 0;
    String gapCause = null;
    if (firstOfJoin) {
      firstOfJoin = false;
      gap = source - coveredUntil();
      gap = gap > SMALL_GAP_MS ? gap : 0;
      gapCause = gap > 0 ? cause : null;
    }
    if (seen[t] && source > last[t] && source - last[t] <= MAX_STEP_MS) {
      step[t] = source - last[t];
    }
    if (!seen[t] || source > last[t]) {
      last[t] = source;
    }
    seen[t] = true;
    reference = source;
    lastArrival = nowMs;
    history.add(track, source, tag.fingerprint(), tag.isKeyFrame());
    out.accept(new Frame(tag, track, source - offset, config, nowMs, gap, gapCause));
  }

  private long newest() {
    long newest = Long.MIN_VALUE;
    for (int t = 0; t < 2; t++) {
      newest = seen[t] ? Math.max(newest, last[t]) : newest;
    }
    return newest;
  }

  /** Source time up to which frames were let through, the length of the last ones included. */
  private long coveredUntil() {
    long until = Long.MIN_VALUE;
    for (int t = 0; t < 2; t++) {
      until = seen[t] ? Math.max(until, last[t] + step[t]) : until;
    }
    return until;
  }

  private void hold(FlvTag tag, long source, CodecConfig config) {
    preroll.addLast(new Held(tag, source, config));
    prerollBytes += tag.size();
    while (prerollBytes > PREROLL_BYTES && preroll.size() > 1) {
      prerollBytes -= preroll.removeFirst().tag().size();
    }
  }

  private void releasePreroll(long from, long until, long nowMs) {
    for (Held held : preroll) {
      if (held.source() >= from && held.source() - PREROLL_MS <= until) {
        pass(held.tag(), Track.AUDIO, held.source(), held.config(), nowMs);
      }
    }
    clearPreroll();
  }

  private void clearPreroll() {
    preroll.clear();
    prerollBytes = 0;
  }
}
