package dev.sluice.web;

/** Why a request is not carried out; becomes the answer of the API. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String key;

  /**
   * @param status 400 to 599
   * @param key the reason for programs
   * @param detail an English sentence that says what was wrong and what to do
   */
  Refusal(int status, String key, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.key = key;
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
}
