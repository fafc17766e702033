package dev.sluice.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Headers that keep an answer from being more than it is. */
final class SafeHeaders {
  static final String CSP = "content-security-policy";

  /** What no page is made of may do nothing. */
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

  private SafeHeaders() {}

  /** For every answer; a page puts its own policy over it. */
  static void put(HttpServerResponse response) {
    response
        .putHeader(CSP, NOTHING)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /**
   * The policy of a page.
   *
   * @param scripts hashes of its inline scripts, each {@code 'sha256-…'} with a space before it
   */
  static String page(String scripts) {
    return "default-src 'none'; script-src 'self'"
        + scripts
        + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self' blob:;"
        + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }
}
