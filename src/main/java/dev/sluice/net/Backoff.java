package dev.sluice.net;

import java.time.Duration;

/**
 * How long to wait after failures in a row: doubling from {@code first} up to {@code longest}. The
 * wait is drawn from the upper half, so that many who failed together do not come back together.
 *
 * @param first wait after the first failure, at least one millisecond
 * @param longest no wait is longer
 */
public record Backoff(Duration first, Duration longest) {
  public Backoff {
    if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off needs 1 ms <= first <= longest: " + first + ", " + longest);
    }
  }

  /**
   * The wait after so many failures in a row.
   *
   * @param failures from 1; less counts as 1
   * @param random from 0 to 1, where in the upper half the wait lies
   */
  public Duration after(int failures, double random) {
    long firstMillis = first.toMillis();
    long longestMillis = longest.toMillis();
    int doublings = Math.min(Math.max(failures, 1) - 1, Long.SIZE - 2);
    boolean beyond = firstMillis > longestMillis >> doublings;
    long whole = beyond ? longestMillis : firstMillis << doublings;
    double part = 0.5 + 0.5 * Math.min(Math.max(random, 0), 1);
    return Duration.ofMillis(Math.max(1, Math.round(whole * part)));
  }
}
