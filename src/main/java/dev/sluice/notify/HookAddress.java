package dev.sluice.notify;

import dev.sluice.net.AddressKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a webhook's name leads, and whether an event may go there. */
final class HookAddress {
  private HookAddress() {}

  /**
   * The address to connect to: what is checked is what is connected to, so a name that answers
   * differently the next time changes nothing. Blocks.
   *
   * @throws IOException with a sentence when there is no address that may be used
   */
  static InetAddress of(URI url, boolean allowPrivate) throws IOException {
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(url.getHost());
    } catch (UnknownHostException e) {
      throw new IOException("there is no host " + url.getHost(), e);
    }
    return Arrays.stream(all)
        .filter(address -> allowPrivate || AddressKind.isPublic(address))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    url.getHost()
                        + " is in a private network; set 'private: true' for this webhook if that"
                        + " is meant"));
  }
}
