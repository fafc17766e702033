package dev.sluice.bus;

import java.util.Objects;

/**
 * What a person wants of a delivery.
 *
 * @param delivery row id
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
}
