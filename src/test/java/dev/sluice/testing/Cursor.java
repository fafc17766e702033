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

  /** The number of the tag that is to be cut; below zero until a cut was looked for. */
  private long stop = -1;

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

  /** Sends what is due up to the tag that the cut is in, and its part of that. */
  void followInto(Exchange exchange, Cut cut) throws IOException {
    find(cut);
    while (run != null && run.isCurrent() && next < stop) {
      long due = Math.min(stop, run.live(System.nanoTime()));
      while (next < due) {
        exchange.tag(run.tag(next++));
      }
      exchange.pauseUntil(Math.min(System.nanoTime() + RECHECK_NANOS, run.dueNanos(next)));
    }
    if (run != null && run.isCurrent()) {
      FlvTag tag = run.tag(next++);
      exchange.partOf(tag, cut.bytes().applyAsInt(tag));
    }
  }

  /** How many bytes a body has that begins with the opening and ends at the cut. */
  long bodyUpTo(Cut cut) {
    find(cut);
    long bytes = FlvTags.toBytes(broadcast.opening()).length;
    for (long n = next; n < stop; n++) {
      bytes += run.tag(n).toBytes().length;
    }
    return run == null ? bytes : bytes + cut.bytes().applyAsInt(run.tag(stop));
  }

  private void find(Cut cut) {
    locate();
    if (stop < 0 && run != null) {
      stop = Math.max(next, run.live(System.nanoTime() + cut.after().toNanos()));
      while (!cut.tag().test(run.tag(stop))) {
        stop++;
      }
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
