package dev.sluice.upload;

import dev.sluice.bus.Notice;
import dev.sluice.bus.Topics;
import dev.sluice.room.Reason;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;

/** Whether a person has all sending paused; said by a notice for as long. For one event loop. */
final class Hold {
  private static final String HELD = "delivery.held";

  private final Vertx vertx;
  private boolean held;

  Hold(Vertx vertx) {
    this.vertx = vertx;
  }

  boolean isHeld() {
    return held;
  }

  /** What the ledger says. */
  void take(Optional<Instant> since) {
    if (since.isPresent()) {
      Reason reason =
          Reason.of(HELD, "since", since.get().toString(), "nothing is delivered: you paused it");
      Topics.NOTICE.publish(vertx, new Notice(Notice.Level.INFO, Optional.empty(), reason));
    } else if (held) {
      Topics.NOTICE.publish(vertx, Notice.over(HELD, ""));
    }
    held = since.isPresent();
  }
}
