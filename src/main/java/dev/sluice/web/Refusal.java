package dev.sluice.web;

import dev.sluice.settings.Mistake;
import java.util.List;

/** Why a request is not carried out; becomes the answer of the API. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String key;
  private final transient List<Mistake> mistakes;
  private long retryAfter;

  /**
   * @param status 400 to 599
   * @param key the reason for programs
   * @param detail an English sentence that says what was wrong and what to do
   */
  Refusal(int status, String key, String detail) {
    this(status, key, detail, List.of());
  }

  /**
   * @param mistakes what does not fit, field by field
   */
  Refusal(int status, String key, String detail, List<Mistake> mistakes) {
    super(detail, null, false, false);
    this.status = status;
    this.key = key;
    this.mistakes = mistakes;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, what + ".unknown", "there is no such " + what);
  }

  int status() {
    return status;
  }

  String key() {
    return key;
  }

  List<Mistake> mistakes() {
    return mistakes;
  }

  /** Says when to try again, in seconds. */
  Refusal after(long seconds) {
    retryAfter = seconds;
    return this;
  }

  /** 0 where there is nothing to say. */
  long retryAfter() {
    return retryAfter;
  }
}
