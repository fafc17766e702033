package dev.sluice.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The place of one connection on the time line of a broadcast. */
final class Cursor {
  private static final long RECHECK_NANOS = 50_000_000;
  private static final Duration RECHECK = Duration.ofMillis(10);

  private final Broadcast broadcast;
  private Broadcast.Run run;
  private long next;

  Cursor(Broadcast broadcast) {
    this.broadcast = broadcast;
  }

  /** Sends what is due, and goes on until the time is over or the broadcast leaves the air. */
  void follow(Exchange exchange, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    locate();
    while (run != null && run.isCurrent() && System.nanoTime() - end < 0) {
      long due = run.live(System.nanoTime());
      while (next < due) {
        exchange.tag(run.tag(next++));
      }
      long wake = Math.min(end, System.nanoTime() + RECHECK_NANOS);
      exchange.pauseUntil(Math.min(wake, run.dueNanos(next)));
    }
  }

  /** The next tag of the time line; empty when the broadcast is off the air. */
  Optional<FlvTag> take() {
    locate();
    return Optional.ofNullable(run).map(now -> now.tag(next++));
  }

  void awaitOnAir(Exchange exchange) throws IOException {
    while (!broadcast.isOnAir()) {
      exchange.pause(RECHECK);
    }
  }

  /** Stays where it is on the same stay on the air; joins a new one at its key frame. */
  private void locate() {
    Broadcast.Run now = broadcast.current().orElse(null);
    if (now != run && now != null) {
      next = now.join(System.nanoTime());
    }
    run = now;
  }
}
