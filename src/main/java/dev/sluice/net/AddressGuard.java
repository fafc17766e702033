package dev.sluice.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Keeps what the open internet names from leading into networks that it cannot reach itself
 * (server-side request forgery). What is checked is the address that is then connected to, never a
 * name, so that a name which answers differently the next time changes nothing. From any thread.
 */
public final class AddressGuard {
  private final Names names;
  private final Predicate<InetAddress> isPublic;

  /** Finds the addresses of a name. May block. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** An address that is not gone to. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** With the names of this machine and the registries of {@link AddressKind}. */
  public AddressGuard() {
    this(InetAddress::getAllByName, AddressKind::isPublic);
  }

  /**
   * For tests, to which no public address is within reach.
   *
   * @param isPublic what counts as the open internet
   */
  public AddressGuard(Names names, Predicate<InetAddress> isPublic) {
    this.names = names;
    this.isPublic = isPublic;
  }

  /**
   * The public address to connect to for a host that was named by the open internet. Blocks.
   *
   * @param host name or address literal, IPv6 with or without brackets
   * @throws Refused when it has addresses, but no public one
   * @throws UnknownHostException when it has none
   */
  public InetAddress publicAddress(String host) throws IOException {
    InetAddress[] all;
    try {
      all = names.of(host);
    } catch (UnknownHostException e) {
      throw new UnknownHostException("there is no host " + host);
    }
    return Arrays.stream(all)
        .filter(isPublic)
        .findFirst()
        .orElseThrow(() -> new Refused(host + " is in a private network"));
  }

  /**
   * Whether a connection reached the open internet.
   *
   * @param address of the far side, as a literal; null when it is not known, which is not public
   */
  public boolean isPublic(String address) {
    byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && isPublic.test(of(bytes));
  }

  /** Whether a host is written as an address, or as localhost, and is not public. */
  boolean isPrivateLiteral(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    boolean literal = NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare);
    return literal ? !isPublic(bare) : isLocalName(bare);
  }

  private static boolean isLocalName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equalsIgnoreCase("localhost")
        || name.regionMatches(true, name.length() - 10, ".localhost", 0, 10);
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address has " + bytes.length + " bytes", e);
    }
  }
}
