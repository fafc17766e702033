package dev.sluice.upload;

import dev.sluice.ledger.DeliveryRow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/** Stands where a target has been taken out of the settings while deliveries to it waited. */
final class AbsentTarget implements Target {
  @Override
  public CompletionStage<Outcome> deliver(DeliveryRow delivery, LongConsumer progress) {
    return CompletableFuture.completedFuture(
        new Outcome.NeedsYou(
            "the settings have no target "
                + delivery.target()
                + " that this program can use: put it back, then retry"));
  }

  @Override
  public void stop() {
    // nothing runs
  }

  @Override
  public void close() {
    // nothing is held
  }
}
