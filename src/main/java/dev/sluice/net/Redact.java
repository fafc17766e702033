package dev.sluice.net;

import java.net.URI;

/** Takes out of addresses what may be a secret, for logs and messages. */
public final class Redact {
  private Redact() {}

  /** Scheme, host, port and path; the query and any user are left out. */
  public static String address(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String query = address.getRawQuery() == null ? "" : "?…";
    return address.getScheme() + "://" + address.getHost() + port + address.getRawPath() + query;
  }

  /** The same for text that may be an address. */
  public static String link(String link) {
    try {
      URI address = URI.create(link.strip());
      return address.getHost() == null ? "a link that is no address" : address(address);
    } catch (IllegalArgumentException e) {
      return "a link that is no address";
    }
  }
}
