package dev.sluice.media.flv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the frames of both tracks into the order of their times, a picture before the sound of the
 * same millisecond. A frame is held only until the other track has come as far: for a regular
 * stream that is one frame. Once a track is seen out of order, frames wait a little longer for some
 * time. Held at most one second by our clock and {@value #MAX_BYTES} bytes; then it goes out as it
 * is. Times per track strictly increase at the exit.
 */
final class Interleaver {
  static final int MAX_BYTES = 2 * 1024 * 1024;
  private static final long MAX_HOLD_MS = 1000;
  private static final long DISORDER_MS = 30_000;
  private static final long MARGIN_MS = 50;

  private final Consumer<Frame> out;
  private final List<Deque<Frame>> queues = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final boolean[] awaited = new boolean[2];
  private final long[] newest = {Long.MIN_VALUE, Long.MIN_VALUE};
  private final long[] emitted = {Long.MIN_VALUE, Long.MIN_VALUE};
  private long heldBytes;

  /** How long frames wait for others that may be late; 0 while the order is right. */
  private long windowMs;

  private long windowEndsMs;

  Interleaver(Consumer<Frame> out) {
    this.out = out;
  }

  /** This track is said to come: the first frames of the other one wait for it. */
  void announce(Track track) {
    awaited[track.ordinal()] = true;
  }

  void accept(Frame frame) {
    int t = frame.track().ordinal();
    awaited[t] = true;
    newest[t] = Math.max(newest[t], frame.at());
    noteDisorder(frame, t);
    insert(queues.get(t), frame);
    heldBytes += frame.tag().size();
    drain(frame.arrivedMs());
  }

  /** Lets everything out: the connection ended. */
  void flush() {
    while (heldFrames()) {
      emit(earlier());
    }
  }

  /** A frame came after a later one of its track had gone out: from now on they wait for it. */
  private void noteDisorder(Frame frame, int t) {
    if (frame.at() < emitted[t]) {
      long late = emitted[t] - frame.at();
      windowMs = Math.min(MAX_HOLD_MS, Math.max(windowMs, 2 * late + MARGIN_MS));
      windowEndsMs = frame.arrivedMs() + DISORDER_MS;
    } else if (frame.arrivedMs() > windowEndsMs) {
      windowMs = 0;
    }
  }

  private void insert(Deque<Frame> queue, Frame frame) {
    if (queue.isEmpty() || queue.getLast().at() <= frame.at()) {
      queue.addLast(frame);
      return;
    }
    List<Frame> later = new ArrayList<>();
    while (!queue.isEmpty() && queue.getLast().at() > frame.at()) {
      later.add(queue.removeLast());
    }
    queue.addLast(frame);
    for (int i = later.size() - 1; i >= 0; i--) {
      queue.addLast(later.get(i));
    }
  }

  private void drain(long nowMs) {
    while (heldFrames()) {
      Deque<Frame> queue = earlier();
      Frame head = queue.getFirst();
      if (!mayGo(head)) {
        if (nowMs - head.arrivedMs() < MAX_HOLD_MS && heldBytes <= MAX_BYTES) {
          return;
        }
        // The other track is silent: wait for it no more until it shows again.
        awaited[head.track().other().ordinal()] = false;
      }
      emit(queue);
    }
  }

  private boolean mayGo(Frame head) {
    if (windowMs > 0 && Math.max(newest[0], newest[1]) - head.at() < windowMs) {
      return false;
    }
    int other = head.track().other().ordinal();
    return !awaited[other]
        || !queues.get(other).isEmpty()
        || (head.track() == Track.VIDEO ? newest[other] >= head.at() : newest[other] > head.at());
  }

  private boolean heldFrames() {
    return !queues.get(0).isEmpty() || !queues.get(1).isEmpty();
  }

  private Deque<Frame> earlier() {
    Deque<Frame> video = queues.get(Track.VIDEO.ordinal());
    Deque<Frame> audio = queues.get(Track.AUDIO.ordinal());
    if (video.isEmpty()) {
      return audio;
    }
    return audio.isEmpty() || video.getFirst().at() <= audio.getFirst().at() ? video : audio;
  }

  private void emit(Deque<Frame> queue) {
    Frame frame = queue.removeFirst();
    heldBytes -= frame.tag().size();
    int t = frame.track().ordinal();
    if (frame.at() <= emitted[t]) {
      frame = frame.movedTo(emitted[t] + 1);
    }
    emitted[t] = frame.at();
    out.accept(frame);
  }
}
