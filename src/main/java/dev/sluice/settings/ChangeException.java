package dev.sluice.settings;

/** A change that cannot be made; the message is a sentence for the user and holds no secret. */
public final class ChangeException extends RuntimeException {
  ChangeException(String message) {
    super(message);
  }

  /** The text is written in a way that a splice does not understand. */
  static ChangeException byHand() {
    return new ChangeException(
        "the settings file is written in a way that cannot be changed in place;"
            + " change it with a text editor");
  }
}
