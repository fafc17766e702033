package dev.sluice.bus;

import java.util.Objects;

/**
 * What a person wants of deliveries; answered with a {@link Reply}.
 *
 * @param delivery row id; 0 for all that failed
 * @param action what to do
 */
public record DeliveryCommand(long delivery, Action action) {
  public DeliveryCommand {
    Objects.requireNonNull(action, "action");
  }

  /** The buttons of a delivery. */
  public enum Action {
    /** Try now, whatever went wrong before. */
    RETRY
  }

  /** What came of a command. */
  public enum Result {
    /** It was carried out. */
    DONE,
    /** There is no such delivery. */
    NOT_FOUND,
    /** It has not failed, so there is nothing to be tried again. */
    NOT_FAILED
  }

  /**
   * The answer.
   *
   * @param count deliveries that wait now because of it
   */
  public record Reply(Result result, int count) {}
}
