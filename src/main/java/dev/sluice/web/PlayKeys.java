package dev.sluice.web;

import java.util.Arrays;

/** Where a player can begin in a file: times and places that rise, up to a bound. */
final class PlayKeys {
  private static final int FIRST_SIZE = 16;

  private long[] times = new long[FIRST_SIZE];
  private long[] positions = new long[FIRST_SIZE];
  private int size;

  /** One more; one that is not later than the last, or beyond the bound, is left out. */
  void add(long time, long position) {
    if (size == PlayFile.MAX_KEYS || size > 0 && time <= times[size - 1]) {
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      positions = Arrays.copyOf(positions, 2 * size);
    }
    times[size] = time;
    positions[size] = position;
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The newest time; there is one. */
  long lastTime() {
    return times[size - 1];
  }

  void clear() {
    size = 0;
  }

  long[] times() {
    return Arrays.copyOf(times, size);
  }

  long[] positions() {
    return Arrays.copyOf(positions, size);
  }
}
