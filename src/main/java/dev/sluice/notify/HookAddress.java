package dev.sluice.notify;

import java.io.IOException;
import java.net.Inet6Address;
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
        .filter(address -> allowPrivate || isPublic(address))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    url.getHost()
                        + " is in a private network; set 'private: true' for this webhook if that"
                        + " is meant"));
  }

  /** Whether the address belongs to the open internet. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean special =
        address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (special) {
      return false;
    }
    return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    boolean carrier = first == 100 && second >= 64 && second < 128;
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    boolean protocol = first == 192 && second == 0 && bytes[2] == 0;
    return first != 0 && first < 240 && !carrier && !benchmark && !protocol;
  }

  /** Only 2000::/3 is given out; of it, what carries an IPv4 address is not looked into. */
  private static boolean isPublic6(byte[] bytes) {
    boolean global = (bytes[0] & 0xE0) == 0x20;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return global && !sixToFour && !teredo;
  }
}
