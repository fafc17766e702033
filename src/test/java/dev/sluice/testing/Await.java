package dev.sluice.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition by the monotonic clock. */
public final class Await {
  private static final long POLL_NANOS = 20_000_000;

  private Await() {}

  /**
   * Returns as soon as the condition holds; it is asked every 20 ms and once more at the limit.
   *
   * @param limit how long to wait at most
   * @param what what was waited for; asked only on failure, so it may tell the state reached
   * @throws AssertionError when the limit passed or the thread was interrupted
   */
  public static void until(Duration limit, Supplier<String> what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting for " + what.get());
      }
      long left = limit.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
      }
      LockSupport.parkNanos(Math.min(left, POLL_NANOS));
    }
  }

  /** {@link #until(Duration, Supplier, BooleanSupplier)} with a fixed text. */
  public static void until(Duration limit, String what, BooleanSupplier condition) {
    until(limit, () -> what, condition);
  }
}
