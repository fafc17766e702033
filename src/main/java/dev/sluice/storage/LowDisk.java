package dev.sluice.storage;

import dev.sluice.bus.StorageGate;

/**
 * Whether a disk is to be called low: from below the reserve on, until clearly more is free, so
 * that it is said once. What cannot be measured changes nothing. No I/O, no clock.
 */
final class LowDisk {
  /** Less on a disk of which it would be more than a fiftieth. */
  private static final long MARGIN = 256L << 20;

  private boolean low;

  /** What is to be said. */
  enum News {
    NOTHING,
    LOW,
    OVER
  }

  boolean isLow() {
    return low;
  }

  News take(StorageGate gate, long reserve) {
    if (gate.freeBytes() < 0) {
      return News.NOTHING;
    }
    boolean was = low;
    long usual = gate.totalBytes() < 0 ? MARGIN : Math.min(MARGIN, gate.totalBytes() / 50);
    long margin = Math.max(usual, reserve / 10);
    low = reserve > 0 && gate.freeBytes() < (was ? reserve + margin : reserve);
    if (was == low) {
      return News.NOTHING;
    }
    return low ? News.LOW : News.OVER;
  }
}
