package dev.sluice.upload;

/** A try ends here, with this outcome. */
final class Unfinished extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  private Unfinished(Outcome outcome, String error) {
    super(error, null, false, false);
    this.outcome = outcome;
  }

  static Unfinished retry(String error) {
    return new Unfinished(new Outcome.Retry(error), error);
  }

  static Unfinished needsYou(String error) {
    return new Unfinished(new Outcome.NeedsYou(error), error);
  }

  static Unfinished stopped() {
    return new Unfinished(new Outcome.Stopped(), "stopped");
  }

  Outcome outcome() {
    return outcome;
  }
}
