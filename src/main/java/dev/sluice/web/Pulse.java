package dev.sluice.web;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * How late the event loop is: the longest delay of a timer in the last minute or two. A machine
 * that is too slow, or swaps, shows here first. For the event loop that made it.
 */
final class Pulse {
  private static final long EVERY_MS = 500;
  private static final int BEATS_A_MINUTE = 120;

  private final Vertx vertx;
  private long last = System.nanoTime();
  private long lastMinuteNanos;
  private long thisMinuteNanos;
  private int beats;

  Pulse(Vertx vertx) {
    this.vertx = vertx;
  }

  void start() {
    last = System.nanoTime();
    vertx.setPeriodic(EVERY_MS, id -> beat());
  }

  private void beat() {
    long now = System.nanoTime();
    long late = now - last - TimeUnit.MILLISECONDS.toNanos(EVERY_MS);
    last = now;
    thisMinuteNanos = Math.max(thisMinuteNanos, late);
    if (++beats % BEATS_A_MINUTE == 0) {
      lastMinuteNanos = thisMinuteNanos;
      thisMinuteNanos = 0;
    }
  }

  /** The longest delay, in milliseconds. */
  long lateMillis() {
    return TimeUnit.NANOSECONDS.toMillis(Math.max(lastMinuteNanos, thisMinuteNanos));
  }
}
