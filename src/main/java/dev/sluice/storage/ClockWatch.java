package dev.sluice.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the wall clock may be believed when it says how old something is. A clock that was set
 * far, or that stands far from all that the ledger knows, is believed only after the program has
 * run with it for a day: a wrong year must not empty the disk. No clock of its own.
 */
final class ClockWatch {
  /** A step of the wall clock beside the monotonic one that is no mere correction. */
  private static final Duration JUMP = Duration.ofHours(1);

  /** A machine that was off for longer is met with the same doubt as a clock that was set. */
  private static final Duration LONG_AWAY = Duration.ofDays(3);

  private static final Duration DOUBT = Duration.ofDays(1);

  private Instant wall;
  private long nanos;
  private long doubtedNanos;
  private boolean doubted;

  /**
   * @param now wall clock
   * @param nanos monotonic clock
   * @param newest the newest time in the ledger
   */
  ClockWatch(Instant now, long nanos, Optional<Instant> newest) {
    this.wall = now;
    this.nanos = nanos;
    if (newest.filter(at -> at.plus(LONG_AWAY).isBefore(now)).isPresent()) {
      doubt(nanos);
    }
  }

  /** Whether ages reckoned with this moment may be acted on. */
  boolean believes(Instant now, long nowNanos) {
    Duration passed = Duration.ofNanos(nowNanos - nanos);
    Duration step = Duration.between(wall.plus(passed), now).abs();
    if (step.compareTo(JUMP) > 0) {
      doubt(nowNanos);
    }
    wall = now;
    nanos = nowNanos;
    doubted = doubted && nowNanos - doubtedNanos < DOUBT.toNanos();
    return !doubted;
  }

  private void doubt(long nowNanos) {
    doubted = true;
    doubtedNanos = nowNanos;
  }
}
