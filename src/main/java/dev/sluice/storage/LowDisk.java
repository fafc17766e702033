package dev.sluice.storage;

import dev.sluice.bus.StorageGate;

/**
 * Whether a disk is to be called low: from below the reserve on, until clearly more is free, so
 * that it is said once. What cannot be measured changes nothing. No I/O, no clock.
 */
final class LowDisk {
  private static final long LEAST_MARGIN = 256L << 20;

  private boolean low;

  /** What is to be said. */
  enum News {
    NOTHING,
    LOW,
    OVER
  }

  News take(StorageGate gate, long reserve) {
    if (gate.freeBytes() < 0) {
      return News.NOTHING;
    }
    boolean was = low;
    long margin = Math.max(LEAST_MARGIN, reserve / 10);
    low = reserve > 0 && gate.freeBytes() < (was ? reserve + margin : reserve);
    if (was == low) {
      return News.NOTHING;
    }
    return low ? News.LOW : News.OVER;
  }
}
