package dev.sluice.upload;

import dev.sluice.ledger.DeliveryRow;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * A place that recordings are delivered to. Doing the same delivery again must find what an earlier
 * try left there and not add a second copy: that is what makes restarts and lost answers harmless.
 */
interface Target {
  /**
   * Sends one file. One delivery at a time.
   *
   * @param progress told the bytes sent so far, at most once a second, on any thread
   * @return completes on any thread
   */
  CompletionStage<Outcome> deliver(DeliveryRow delivery, LongConsumer progress);

  /** Makes the running delivery end as {@link Outcome.Stopped}, and every later one too. */
  void stop();

  /** Lets go of threads once the running delivery has ended; does not wait. */
  void close();
}
