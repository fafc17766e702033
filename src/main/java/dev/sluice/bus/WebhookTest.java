package dev.sluice.bus;

/**
 * Sends a webhook one event to try it.
 *
 * @param name of the webhook
 */
public record WebhookTest(String name) {
  /**
   * What came of it.
   *
   * @param known whether there is such a webhook; the rest is empty without one
   * @param ok whether it answered with a status from 200 to 299
   * @param status of the answer, 0 without one
   * @param error what went wrong, else empty
   */
  public record Result(boolean known, boolean ok, int status, String error) {}
}
