package dev.sluice.bus;

import java.util.List;

/**
 * Asks upload to deliver a recording to targets that it has not gone to, or once more; answered
 * with a {@link Reply}.
 *
 * @param recording row id
 * @param targets names
 * @param again also what was delivered or skipped
 */
public record DeliveryOrder(long recording, List<String> targets, boolean again) {
  public DeliveryOrder {
    targets = List.copyOf(targets);
  }

  /**
   * The answer.
   *
   * @param count deliveries that wait because of it
   */
  public record Reply(int count) {}
}
