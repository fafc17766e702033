package dev.sluice.media.flv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sound that came before it is clear where its connection goes on. Its payload is copied: a slice
 * would keep a whole buffer, mostly of pictures, alive. Bounded by {@value #MAX_BYTES} bytes.
 */
final class Preroll {
  static final int MAX_BYTES = 512 * 1024;
  private static final long KEPT_MS = 1000;

  private final Deque<Arrived> held = new ArrayDeque<>();
  private int bytes;

  /**
   * A frame as it came.
   *
   * @param source its unwrapped source time, milliseconds
   * @param config the decoder configuration in force, null when none came
   * @param nowMs monotonic time of its arrival
   */
  record Arrived(FlvTag tag, Track track, long source, CodecConfig config, long nowMs) {
    Arrived copied() {
      return new Arrived(tag.copied(), track, source, config, nowMs);
    }
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  Arrived first() {
    return held.getFirst();
  }

  boolean isFull() {
    return bytes >= MAX_BYTES;
  }

  void hold(Arrived frame) {
    held.addLast(frame.copied());
    bytes += frame.tag().size();
  }

  /** Forgets what is too old to belong behind a key frame that is still to come. */
  void trim() {
    long newest = held.isEmpty() ? 0 : held.getLast().source();
    while (!held.isEmpty() && (isFull() || Math.abs(newest - first().source()) > KEPT_MS)) {
      bytes -= held.removeFirst().tag().size();
    }
  }

  /** Gives everything away. */
  List<Arrived> take() {
    List<Arrived> all = new ArrayList<>(held);
    clear();
    return all;
  }

  /** Gives away what belongs behind a key frame of this source time, and forgets the rest. */
  List<Arrived> takeFrom(long source) {
    List<Arrived> all = take();
    all.removeIf(frame -> frame.source() < source || frame.source() - KEPT_MS > source);
    return all;
  }

  void clear() {
    held.clear();
    bytes = 0;
  }
}
