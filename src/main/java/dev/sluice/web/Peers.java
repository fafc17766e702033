package dev.sluice.web;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who is at the other end. What a request says of that ({@code X-Forwarded-…}) counts only where
 * the connection comes from a proxy that the settings name.
 */
final class Peers {
  private static final int MAX_HOPS = 20;

  private final Supplier<List<String>> trusted;

  /**
   * @param trusted addresses, or networks such as {@code 10.0.0.0/8}; asked on every request
   */
  Peers(Supplier<List<String>> trusted) {
    this.trusted = trusted;
  }

  /** The address of the client, as text. */
  String address(HttpServerRequest request) {
    String peer = host(request.remoteAddress());
    if (!isTrusted(peer)) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    request
        .headers()
        .getAll("x-forwarded-for")
        .forEach(line -> Collections.addAll(hops, line.split(",")));
    // The last is who spoke to the nearest proxy; how many more are made up in front is no matter.
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS); i--) {
      String hop = hops.get(i).strip();
      if (bytes(hop) == null) {
        return peer;
      }
      if (!isTrusted(hop)) {
        return hop;
      }
    }
    return peer;
  }

  /** Whether the client came by https. */
  boolean isHttps(HttpServerRequest request) {
    return request.isSSL()
        || isTrusted(host(request.remoteAddress()))
            && "https".equalsIgnoreCase(request.getHeader("x-forwarded-proto"));
  }

  /** Whether the connection comes from this machine itself. */
  static boolean isThisMachine(HttpServerRequest request) {
    String peer = host(request.remoteAddress());
    return peer.startsWith("127.")
        || peer.equals("0:0:0:0:0:0:0:1")
        || peer.equals("::1")
        || peer.equals(host(request.localAddress()));
  }

  /** Whether the settings name this address. */
  boolean isTrusted(String address) {
    List<String> rules = trusted.get();
    if (rules.isEmpty()) {
      return false;
    }
    byte[] bytes = bytes(address);
    return bytes != null && rules.stream().anyMatch(rule -> fits(bytes, rule));
  }

  private static boolean fits(byte[] address, String rule) {
    int slash = rule.indexOf('/');
    byte[] network = bytes(slash < 0 ? rule : rule.substring(0, slash));
    if (network == null || network.length != address.length) {
      return false;
    }
    int bits = slash < 0 ? network.length * 8 : bits(rule.substring(slash + 1));
    for (int i = 0; i < network.length * 8 && i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return bits >= 0;
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static byte[] bytes(String address) {
    return NetUtil.createByteArrayFromIpAddressString(address);
  }

  static String host(SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }
}
