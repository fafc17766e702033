package dev.sluice.media.flv;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells a source that jumps from one frame whose time is wrong. A frame far from all before it is
 * held with the few that follow: if one of them is near it, the source jumped; if they go on where
 * the others were, the frame alone is wrong and gets a time between its neighbours. Holds at most
 * {@value #FOLLOWERS} frames and the doubtful one. Not thread-safe.
 */
final class TimeDoubts {
  private static final int FOLLOWERS = 4;
  private static final int NEAR_MS = 2000;

  private final Next next;
  private final Deque<Coming> held = new ArrayDeque<>();
  private final long[] last = new long[2];
  private final boolean[] seen = new boolean[2];
  private boolean began;
  private long newest;
  private long mended;

  /** Where frames go on to. */
  interface Next {
    void accept(FlvTag tag, CodecConfig config, long nowMs);
  }

  private record Coming(FlvTag tag, CodecConfig config, long nowMs) {
    Track track() {
      return Track.of(tag);
    }
  }

  TimeDoubts(Next next) {
    this.next = next;
  }

  /** How many frames got another time. */
  long mended() {
    return mended;
  }

  /** A new connection: its times are its own. */
  void legStarted() {
    began = false;
    seen[0] = false;
    seen[1] = false;
  }

  void accept(FlvTag tag, CodecConfig config, long nowMs) {
    Coming coming = new Coming(tag, config, nowMs);
    if (held.isEmpty() && (!began || isNear(tag, newest))) {
      pass(coming);
      return;
    }
    held.addLast(coming);
    if (held.size() > 1) {
      decide();
    }
  }

  /** The connection ended: what is held goes out. */
  void legEnded() {
    if (held.size() > 1 && isNear(held.getLast().tag(), newest)) {
      mend();
    }
    release();
  }

  private void decide() {
    FlvTag follower = held.getLast().tag();
    if (isNear(follower, held.getFirst().tag().time())) {
      release();
    } else if (!isNear(follower, newest)) {
      // neither here nor there: the first one stands as it is, and the newest is doubtful now
      Coming doubtful = held.removeLast();
      release();
      accept(doubtful.tag(), doubtful.config(), doubtful.nowMs());
    } else if (held.size() > FOLLOWERS) {
      mend();
      release();
    }
  }

  private void mend() {
    Coming wrong = held.removeFirst();
    int t = wrong.track().ordinal();
    long time = seen[t] ? last[t] + wrong.track().usualStepMs() : newest;
    for (Coming follower : held) {
      boolean same = follower.track() == wrong.track();
      if (same && seen[t] && (int) (follower.tag().time() - time) <= 0) {
        time = last[t] + (int) (follower.tag().time() - last[t]) / 2;
      }
    }
    FlvTag tag = new FlvTag(wrong.tag().type(), time & 0xFFFFFFFFL, wrong.tag().pieces());
    held.addFirst(new Coming(tag, wrong.config(), wrong.nowMs()));
    mended++;
  }

  private void release() {
    while (!held.isEmpty()) {
      pass(held.removeFirst());
    }
  }

  private void pass(Coming coming) {
    began = true;
    newest = coming.tag().time();
    int t = coming.track().ordinal();
    last[t] = newest;
    seen[t] = true;
    next.accept(coming.tag(), coming.config(), coming.nowMs());
  }

  /** Times are modulo 2^32. */
  private static boolean isNear(FlvTag tag, long time) {
    return Math.abs((int) (tag.time() - time)) <= NEAR_MS;
  }
}
