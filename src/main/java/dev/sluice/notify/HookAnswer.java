package dev.sluice.notify;

/**
 * What came of one try.
 *
 * @param status of the answer, 0 without one
 * @param error what went wrong; empty when the event was taken
 */
record HookAnswer(int status, String error) {
  /** Whether the far side has taken the event. */
  boolean ok() {
    return error.isEmpty();
  }

  static HookAnswer failed(String error) {
    return new HookAnswer(0, Clip.text(error));
  }

  /** Only 2xx is a yes. */
  static HookAnswer of(int status) {
    if (status >= 200 && status < 300) {
      return new HookAnswer(status, "");
    }
    boolean redirect = status >= 300 && status < 400;
    return new HookAnswer(
        status,
        redirect
            ? "it answers " + status + "; redirects are not followed, give the final address"
            : "it answers " + status);
  }
}
