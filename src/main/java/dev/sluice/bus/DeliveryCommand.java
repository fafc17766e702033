package dev.sluice.bus;

import java.util.Objects;

/**
 * What a person wants of deliveries; answered with a {@link Reply}.
 *
 * @param delivery row id; 0 for all: those that failed are tried again, all sending is paused or
 *     goes on
 * @param action what to do
 */
public record DeliveryCommand(long delivery, Action action) {
  public DeliveryCommand {
    Objects.requireNonNull(action, "action");
  }

  /** The buttons of a delivery. */
  public enum Action {
    /** Try now, whatever went wrong before. */
    RETRY,
    /** Send no more of it, or of all, until that is taken back. */
    PAUSE,
    /** Go on with what was paused or skipped. */
    RESUME,
    /** This target does not get the file. */
    SKIP
  }

  /** What came of a command. */
  public enum Result {
    /** It was carried out. */
    DONE,
    /** There is no such delivery. */
    NOT_FOUND,
    /** The action makes no sense in the state it is in, as trying again what has not failed. */
    NOT_FITTING
  }

  /**
   * The answer.
   *
   * @param count deliveries that wait now because of it
   */
  public record Reply(Result result, int count) {}
}
