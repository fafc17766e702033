package dev.sluice.net;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * What kind of network an IP address belongs to, by IANA's registries of special-purpose addresses.
 * An IPv6 address that carries an IPv4 address is what that one is. No I/O; from any thread.
 */
public enum AddressKind {
  /** The open internet. */
  PUBLIC,
  /** This machine. */
  LOOPBACK,
  /** Somebody's own network: RFC 1918, carrier-grade NAT (RFC 6598), unique local (RFC 4193). */
  PRIVATE,
  /** The same cable; also where clouds tell their secrets (169.254.169.254). */
  LINK_LOCAL,
  /** Many at once. */
  MULTICAST,
  /** Nobody's, or not for use: "this network", documentation, benchmarks, tunnels, reserved. */
  SPECIAL;

  private record Net(AddressKind kind, byte[] prefix, int bits) {
    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Net[] V4 = {
    net(SPECIAL, 8, 0),
    net(PRIVATE, 8, 10),
    net(PRIVATE, 10, 100, 64),
    net(LOOPBACK, 8, 127),
    // a cloud's wire server, which no user's stream comes from
    net(SPECIAL, 32, 168, 63, 129, 16),
    net(LINK_LOCAL, 16, 169, 254),
    net(PRIVATE, 12, 172, 16),
    net(SPECIAL, 24, 192, 0, 0),
    net(SPECIAL, 24, 192, 0, 2),
    net(SPECIAL, 24, 192, 88, 99),
    net(PRIVATE, 16, 192, 168),
    net(SPECIAL, 15, 198, 18),
    net(SPECIAL, 24, 198, 51, 100),
    net(SPECIAL, 24, 203, 0, 113),
    net(MULTICAST, 4, 224),
    net(SPECIAL, 4, 240)
  };

  private static final Net[] V6 = {
    net(LOOPBACK, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    net(PRIVATE, 7, 0xFC),
    net(LINK_LOCAL, 10, 0xFE, 0x80),
    net(PRIVATE, 10, 0xFE, 0xC0),
    net(MULTICAST, 8, 0xFF),
    // Teredo, ORCHID and others of 2001::/23; documentation
    net(SPECIAL, 23, 0x20, 0x01),
    net(SPECIAL, 32, 0x20, 0x01, 0x0D, 0xB8),
    net(SPECIAL, 20, 0x3F, 0xFF),
    net(PUBLIC, 3, 0x20)
  };

  /** What carries an IPv4 address, and at which byte. */
  private static final Net MAPPED = net(SPECIAL, 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF);

  private static final Net NAT64 = net(SPECIAL, 96, 0, 0x64, 0xFF, 0x9B);
  private static final Net SIX_TO_FOUR = net(SPECIAL, 16, 0x20, 0x02);

  private static Net net(AddressKind kind, int bits, int... prefix) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < prefix.length; i++) {
      bytes[i] = (byte) prefix[i];
    }
    return new Net(kind, bytes, bits);
  }

  /** The kind of an address. */
  public static AddressKind of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? v4(bytes) : v6(bytes);
  }

  /** Whether the address belongs to the open internet. */
  public static boolean isPublic(InetAddress address) {
    return of(address) == PUBLIC;
  }

  private static AddressKind v4(byte[] bytes) {
    return kind(V4, bytes, PUBLIC);
  }

  private static AddressKind v6(byte[] bytes) {
    if (MAPPED.holds(bytes) || NAT64.holds(bytes)) {
      return v4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.holds(bytes)) {
      return v4(Arrays.copyOfRange(bytes, 2, 6));
    }
    return kind(V6, bytes, SPECIAL);
  }

  private static AddressKind kind(Net[] nets, byte[] bytes, AddressKind otherwise) {
    for (Net net : nets) {
      if (net.holds(bytes)) {
        return net.kind();
      }
    }
    return otherwise;
  }
}
