package dev.sluice.media.flv;

import dev.sluice.media.flv.Preroll.Arrived;
import java.util.List;
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

  private enum Mode {
    /** Waits for the frame that begins the recording, or a connection that could not be matched. */
    SEEKING,
    /** Drops frames that are known. */
    REPEATING,
    RUNNING
  }

  private final Consumer<Frame> out;
  private final WrittenHistory history = new WrittenHistory();
  private final Preroll preroll = new Preroll();
  private final SourceTimes times = new SourceTimes();
  private final boolean[] joined = new boolean[2];
  private Mode mode = Mode.SEEKING;
  private boolean began;
  private boolean firstOfJoin;

  /** The source's time stepped back without a new connection. */
  private boolean sameConnection;

  /** This connection began with frames that are known. */
  private boolean matched;

  private long offset;

  /** Source time at which this time line begins: nothing of before it is wanted. */
  private long lineBegan;

  private long lastArrival;
  private String cause = "connection lost";
  private boolean videoComing = true;
  private boolean pictures;
  private long joinStarted;
  private long duplicates;

  /** Pictures are of no use before their first key frame. */
  private boolean keyAwaited = true;

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
    keyAwaited = false;
    offset = sourceOffset;
    lineBegan = sourceOffset;
    cause = gapCause;
    times.coveredUntil(offset + endMs, offset + endMs);
    times.allSeen();
  }

  /** A frame that an earlier run of the program wrote, on the joined time line. */
  void remember(Track track, long at, long fingerprint, boolean key) {
    long source = at + offset;
    history.add(track, source, fingerprint, key);
    times.remember(track, source);
  }

  /** A new connection begins; its file header announces these tracks. */
  void legStarted(long nowMs, boolean announcesVideo, String gapCause) {
    joinAnew(nowMs);
    sameConnection = false;
    videoComing = announcesVideo || times.seen(Track.VIDEO);
    if (gapCause != null) {
      cause = gapCause;
    }
  }

  private void joinAnew(long nowMs) {
    mode = Mode.SEEKING;
    firstOfJoin = true;
    matched = false;
    joined[0] = false;
    joined[1] = false;
    pictures = false;
    joinStarted = nowMs;
    preroll.clear();
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
    videoComing = true;
  }

  void accept(FlvTag tag, CodecConfig config, long nowMs) {
    Track track = Track.of(tag);
    Arrived frame = new Arrived(tag, track, times.unwrap(tag.time()), config, nowMs);
    boolean follows = mode == Mode.RUNNING || joined[track.ordinal()];
    if (follows && frame.source() < times.last(track) - RESET_STEP_MS) {
      cause = "source began anew";
      joinAnew(nowMs);
      sameConnection = true;
    }
    pictures |= track == Track.VIDEO;
    switch (mode) {
      case SEEKING -> seek(frame);
      case REPEATING -> repeat(frame);
      case RUNNING -> passNew(frame);
    }
  }

  private void seek(Arrived frame) {
    if (began && isKnown(frame)) {
      duplicates++;
      mode = Mode.REPEATING;
      matched = true;
      List<Arrived> behind = preroll.take();
      behind.removeIf(held -> !times.seen(held.track()) && held.source() < lineBegan);
      behind.forEach(this::repeat);
      return;
    }
    if (frame.track() == Track.AUDIO && videoComing) {
      preroll.hold(frame);
      waitForPictures(frame.nowMs());
      return;
    }
    if (frame.track() == Track.VIDEO && !frame.tag().isKeyFrame() && !isUnbroken(frame)) {
      return;
    }
    beginAt(frame);
    pass(frame);
    preroll.takeFrom(frame.source()).forEach(this::passNew);
  }

  /**
   * Whether a picture can be decoded though it is no key frame: only the source's clock stepped
   * back, inside one connection, and the picture is not one that was written too long ago to be
   * remembered.
   */
  private boolean isUnbroken(Arrived frame) {
    boolean isNew = frame.source() < lineBegan || history.reachesBackTo(frame.source());
    return sameConnection
        && times.seen(Track.VIDEO)
        && frame.source() < times.last(Track.VIDEO) - RESET_STEP_MS
        && isNew;
  }

  private void waitForPictures(long nowMs) {
    if (pictures) {
      preroll.trim();
    } else if (nowMs - joinStarted > PREROLL_MS || preroll.isFull()) {
      beginWithSoundAlone();
    }
  }

  /** The connection ended: sound that waited for pictures that never came is let through. */
  void legEnded() {
    if (mode == Mode.SEEKING && !pictures && !times.seen(Track.VIDEO)) {
      beginWithSoundAlone();
    }
    preroll.clear();
  }

  private void beginWithSoundAlone() {
    if (!preroll.isEmpty()) {
      videoComing = false;
      beginAt(preroll.first());
      preroll.take().forEach(this::passNew);
    }
  }

  /** Decides at which joined time an unmatched connection goes on. */
  private void beginAt(Arrived frame) {
    mode = Mode.RUNNING;
    matched = false;
    keyAwaited = frame.track() == Track.AUDIO;
    if (!began) {
      began = true;
      offset = frame.source();
      lineBegan = offset;
      firstOfJoin = false;
      return;
    }
    long away = Math.max(0, frame.nowMs() - lastArrival);
    if (!continues(frame, away)) {
      long end = times.coveredUntil() - offset;
      offset = frame.source() - end - (away > SMALL_GAP_MS ? away : 0);
      lineBegan = frame.source();
      history.clear();
      times.coveredUntil(offset + end, frame.source());
    }
    joined[0] = true;
    joined[1] = true;
  }

  /** Whether the source's time line runs on: this track is further, and no more than it may be. */
  private boolean continues(Arrived frame, long away) {
    long ahead = frame.source() - times.newest();
    return times.advances(frame.track(), frame.source())
        && ahead > -RESET_STEP_MS
        && ahead <= away + CONTINUE_SLACK_MS;
  }

  private void repeat(Arrived frame) {
    int t = frame.track().ordinal();
    if (joined[t] || times.advances(frame.track(), frame.source())) {
      joined[t] = true;
      if (joined[0] && joined[1]) {
        mode = Mode.RUNNING;
      }
      passNew(frame);
      return;
    }
    boolean known = isKnown(frame);
    if (frame.tag().isKeyFrame() && !known) {
      // The same beginning, then other content: another broadcast on a new time line.
      beginAt(frame);
      pass(frame);
      List<Arrived> behind = preroll.takeFrom(frame.source());
      duplicates -= behind.size();
      behind.forEach(this::passNew);
      return;
    }
    duplicates++;
    if (frame.track() == Track.AUDIO && !known) {
      // Too old to be remembered, or of a new time line whose key frame is still to come.
      preroll.hold(frame);
      preroll.trim();
    }
  }

  private void passNew(Arrived frame) {
    if (isKnown(frame)) {
      duplicates++;
    } else {
      pass(frame);
    }
  }

  private boolean isKnown(Arrived frame) {
    return !times.advances(frame.track(), frame.source())
        && history.contains(
            frame.track(), frame.source(), frame.tag().fingerprint(), frame.tag().isKeyFrame());
  }

  private boolean isUseless(Arrived frame) {
    if (frame.track() == Track.VIDEO) {
      keyAwaited &= !frame.tag().isKeyFrame();
      return keyAwaited;
    }
    return false;
  }

  private void pass(Arrived frame) {
    if (isUseless(frame)) {
      return;
    }
    long source = frame.source();
    long gap = 0;
    // Where frames were known, a track that is new shows no gap: it may be ahead of the other.
    if (firstOfJoin && (!matched || times.seen(frame.track()))) {
      firstOfJoin = false;
      gap = source - times.coveredUntil();
      gap = gap > SMALL_GAP_MS ? gap : 0;
      times.joined(source);
    }
    times.passed(frame.track(), source);
    lastArrival = frame.nowMs();
    FlvTag tag = frame.tag();
    history.add(frame.track(), source, tag.fingerprint(), tag.isKeyFrame());
    String gapCause = gap > 0 ? cause : null;
    out.accept(
        new Frame(
            tag, frame.track(), source - offset, frame.config(), frame.nowMs(), gap, gapCause));
  }
}
