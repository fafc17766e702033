package dev.sluice.notify;

import dev.sluice.net.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Where a webhook's name leads, and whether an event may go there. */
final class HookAddress {
  private static final AddressGuard GUARD = new AddressGuard();

  private HookAddress() {}

  /**
   * The address to connect to: what is checked is what is connected to, so a name that answers
   * differently the next time changes nothing. Blocks.
   *
   * @throws IOException with a sentence when there is no address that may be used
   */
  static InetAddress of(URI url, boolean allowPrivate) throws IOException {
    if (!allowPrivate) {
      return publicAddress(url.getHost());
    }
    try {
      return InetAddress.getByName(url.getHost());
    } catch (UnknownHostException e) {
      throw new IOException("there is no host " + url.getHost(), e);
    }
  }

  private static InetAddress publicAddress(String host) throws IOException {
    try {
      return GUARD.publicAddress(host);
    } catch (AddressGuard.Refused e) {
      String advice = "; set 'private: true' for this webhook if that is meant";
      throw new IOException(e.getMessage() + advice, e);
    }
  }
}
