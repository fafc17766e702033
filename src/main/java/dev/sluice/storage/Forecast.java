package dev.sluice.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a disk is full. No I/O, no clock. */
final class Forecast {
  /** What is farther away says nothing. */
  private static final Duration FARTHEST = Duration.ofDays(3650);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);

  private Forecast() {}

  /**
   * Until the reserve is reached.
   *
   * @param free bytes, below 0 when unknown
   * @param perSecond bytes
   */
  static Optional<Duration> full(long free, long reserve, double perSecond) {
    if (free < 0 || perSecond <= 0) {
      return Optional.empty();
    }
    double seconds = Math.max(0, free - reserve) / perSecond;
    return seconds > FARTHEST.toSeconds()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) seconds));
  }

  /**
   * Bytes a day of the last week, or of the time since the first segment where that is shorter.
   *
   * @param bytes of segments of the last week
   * @param first when the first segment of all was opened
   */
  static long perDay(long bytes, Optional<Instant> first, Instant now) {
    Duration since = first.map(at -> Duration.between(at, now)).orElse(WEEK);
    Duration span = since.compareTo(WEEK) > 0 ? WEEK : since;
    double days = Math.max(1, (double) span.toMillis() / DAY.toMillis());
    return (long) (bytes / days);
  }

  /** From when on segments count as the last week's. */
  static Instant weekBefore(Instant now) {
    return now.minus(WEEK);
  }
}
