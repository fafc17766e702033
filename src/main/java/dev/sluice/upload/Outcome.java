package dev.sluice.upload;

/** How one try of a delivery ended. */
sealed interface Outcome {
  /**
   * The target holds the whole file and has confirmed it.
   *
   * @param remote where it stands there
   * @param bytes its size
   */
  record Done(String remote, long bytes) implements Outcome {}

  /** May go better later by itself. */
  record Retry(String error) implements Outcome {}

  /** Will not go better until a person does something. */
  record NeedsYou(String error) implements Outcome {}

  /** Given up because the program stops; nothing is known against the target. */
  record Stopped() implements Outcome {}
}
