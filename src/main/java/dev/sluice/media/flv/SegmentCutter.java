package dev.sluice.media.flv;

import dev.sluice.media.flv.SegmentSink.SegmentEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Decides where files begin and end, and what of the time line is missing. Cuts only where nothing
 * is lost: at a key frame, or anywhere when there is only sound. Takes frames in the order of time.
 */
final class SegmentCutter {
  private static final long JUMP_MS = 500;
  private static final long STEP_WINDOW_MS = 10_000;
  private static final long TOUCHING_MS = 60;
  private static final int MAX_HELD_BYTES = 2 * 1024 * 1024;

  private final SegmentSink sink;
  private Limits limits = Limits.NONE;
  private boolean cutRequested;
  private boolean began;
  private long shift;
  private boolean open;
  private boolean hasVideo;
  private CodecConfig video;
  private CodecConfig audio;
  private CodecConfig newestAudio;
  private long start;
  private long lastTag;
  private final long[] count = new long[2];
  private final long[] last = new long[2];
  private final long[] lastInFile = new long[2];
  private final long[] step = {Track.VIDEO.usualStepMs(), Track.AUDIO.usualStepMs()};

  /** Up to where each track covers the time line: its newest frame's length included. */
  private final long[] trackEnd = {Long.MIN_VALUE, Long.MIN_VALUE};

  private long gapEnded = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private long longestStep;
  private long longestStepBefore;
  private long stepWindowEnds;

  /** Sound with a new configuration, waiting for the next key frame. */
  private final Deque<Frame> held = new ArrayDeque<>();

  private int heldBytes;

  SegmentCutter(SegmentSink sink) {
    this.sink = sink;
  }

  void limits(Limits next) {
    limits = next;
  }

  void requestCut() {
    cutRequested = open;
  }

  /** The recording goes on from an earlier run of the program, covered up to this time. */
  void resume(long endMs) {
    began = true;
    coverUntil(endMs);
    newest = endMs;
  }

  /** A configuration came: the next file begins with it. */
  void known(CodecConfig config) {
    newestAudio = config.track() == Track.AUDIO ? config : newestAudio;
    if (open) {
      return;
    }
    if (config.track() == Track.VIDEO) {
      video = config;
      hasVideo = true;
    } else {
      audio = config;
    }
  }

  long durationMs() {
    return Math.max(0, coveredUntil());
  }

  private long coveredUntil() {
    return Math.max(trackEnd[0], trackEnd[1]);
  }

  private void coverUntil(long at) {
    trackEnd[0] = at;
    trackEnd[1] = at;
  }

  /** By how much sound before the first picture moved the time line's beginning, milliseconds. */
  long shift() {
    return shift;
  }

  void accept(Frame arrived) {
    if (!began) {
      began = true;
      shift = Math.max(0, -arrived.at());
    }
    Frame frame = shift == 0 ? arrived : arrived.movedTo(arrived.at() + shift);
    if (open && frame.track() == Track.AUDIO && mustWait(frame)) {
      hold(frame);
      return;
    }
    if (!open || mayCutAt(frame) && wantsCut(frame)) {
      beginAt(frame);
    }
    put(frame);
  }

  /** Everything came: closes the open file. */
  void finish() {
    if (!held.isEmpty()) {
      beginAt(held.getFirst());
    }
    closeFile(coveredUntil());
  }

  private boolean mustWait(Frame frame) {
    if (!held.isEmpty()) {
      return true;
    }
    return hasVideo && !Objects.equals(frame.config(), audio);
  }

  private void hold(Frame frame) {
    held.addLast(frame);
    heldBytes += frame.tag().size();
    if (heldBytes > MAX_HELD_BYTES) {
      beginAt(held.getFirst());
    }
  }

  private boolean mayCutAt(Frame frame) {
    return frame.isKey() || !hasVideo || frame.track() == Track.VIDEO && configChanged(frame);
  }

  private boolean configChanged(Frame frame) {
    CodecConfig current = frame.track() == Track.VIDEO ? video : audio;
    return !Objects.equals(frame.config(), current);
  }

  private boolean wantsCut(Frame frame) {
    return cutRequested
        || !held.isEmpty()
        || configChanged(frame)
        || frame.at() - start >= limits.everyMs()
        || sink.size() >= limits.bytes();
  }

  private void beginAt(Frame frame) {
    // Sound that was let go as a connection ended may be of later than this picture.
    long first = held.isEmpty() ? frame.at() : Math.min(held.getFirst().at(), frame.at());
    closeFile(first);
    cutRequested = false;
    if (frame.track() == Track.VIDEO) {
      video = frame.config();
    }
    audio = held.isEmpty() ? newestAudio : held.getLast().config();
    if (frame.track() == Track.AUDIO) {
      audio = frame.config();
    }
    hasVideo |= frame.track() == Track.VIDEO;
    // Sound alone began the time line; its first picture may be of a little earlier.
    start = Math.max(0, first);
    lastInFile[0] = -1;
    lastInFile[1] = -1;
    open = true;
    sink.open(start, video, audio);
    while (!held.isEmpty()) {
      put(held.removeFirst());
    }
    heldBytes = 0;
  }

  private void put(Frame frame) {
    noteGap(frame);
    int t = frame.track().ordinal();
    // A step over a gap is no frame's length.
    if (count[t] > 0 && last[t] >= gapEnded && frame.at() - last[t] <= JUMP_MS) {
      step[t] = frame.at() - last[t];
    }
    last[t] = frame.at();
    count[t]++;
    trackEnd[t] = frame.at() + step[t];
    // Sound that came too late belongs before the file's first picture; times rise all the same.
    lastInFile[t] = Math.max(lastInFile[t] + 1, frame.at() - start);
    lastTag = Math.max(lastTag, lastInFile[t]);
    sink.write(frame.tag(), lastInFile[t]);
  }

  private void noteGap(Frame frame) {
    long step = newest == Long.MIN_VALUE ? 0 : frame.at() - newest;
    if (frame.gapMs() > 0) {
      gapEnded = frame.at();
      sink.gap(frame.at() - frame.gapMs(), frame.gapMs(), frame.gapCause());
    } else {
      // The first steps of all have none to be compared with: the rate may be that low.
      long usual = Math.max(longestStep, longestStepBefore);
      long missing = frame.at() - coveredUntil();
      // Frames may be so long that the newest one covers the whole step.
      if (step >= JUMP_MS && usual > 0 && step > 2 * usual && missing > 0) {
        gapEnded = frame.at();
        sink.gap(frame.at() - missing, missing, "missing at the source");
      }
      longestStep = Math.max(longestStep, step);
    }
    if (frame.at() >= stepWindowEnds) {
      stepWindowEnds = frame.at() + STEP_WINDOW_MS;
      longestStepBefore = longestStep;
      longestStep = 0;
    }
    newest = Math.max(newest, frame.at());
  }

  private void closeFile(long nextAt) {
    if (!open) {
      return;
    }
    open = false;
    // The length of the last frame was guessed; it ends where the next one begins.
    long covered = coveredUntil();
    long end = nextAt > newest && nextAt - covered <= TOUCHING_MS ? nextAt : covered;
    coverUntil(end);
    sink.close(
        new SegmentEnd(
            start, end, count[Track.VIDEO.ordinal()], count[Track.AUDIO.ordinal()], lastTag));
    count[0] = 0;
    count[1] = 0;
    lastTag = 0;
  }
}
