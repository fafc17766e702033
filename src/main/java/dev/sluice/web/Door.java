package dev.sluice.web;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may ask at all. A name that is not ours could be anybody's that leads here (DNS rebinding),
 * and a page of another origin may not change anything or listen.
 */
final class Door {
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Supplier<List<String>> names;

  /**
   * @param names host names that are ours besides {@code localhost}, asked on every request
   */
  Door(Supplier<List<String>> names) {
    this.names = names;
  }

  /**
   * @throws Refusal 400 without one host, 421 for a foreign one
   */
  void checkHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.size() != 1) {
      throw new Refusal(400, "host.count", "the request must name one host");
    }
    if (!isOurs(hostOf(hosts.get(0)))) {
      throw new Refusal(
          421,
          "host.unknown",
          "this host name is not ours: use the address, localhost, or add the name to server.names");
    }
  }

  /**
   * @throws Refusal 403 for a page of another origin that wants to change something
   */
  void checkChange(HttpServerRequest request) {
    if (!HARMLESS.contains(request.method())) {
      checkOrigin(request);
    }
  }

  /**
   * @throws Refusal 403 when the request says that it comes from another origin
   */
  void checkOrigin(HttpServerRequest request) {
    MultiMap headers = request.headers();
    List<String> origins = headers.getAll(HttpHeaders.ORIGIN);
    String host = headers.get(HttpHeaders.HOST);
    boolean ours =
        origins.isEmpty()
            ? isOwnPage(headers.get(HttpHeaders.REFERER), host)
            : origins.size() == 1 && sameAuthority(origins.get(0), host);
    if (!ours) {
      throw new Refusal(403, "origin.foreign", "pages of another origin may not do this");
    }
  }

  private static boolean isOwnPage(String referer, String host) {
    if (referer == null) {
      return true;
    }
    int path = referer.indexOf('/', referer.indexOf("://") + 3);
    return sameAuthority(path < 0 ? referer : referer.substring(0, path), host);
  }

  private boolean isOurs(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1));
    }
    return NetUtil.isValidIpV4Address(host)
        || host.equalsIgnoreCase("localhost")
        || names.get().stream().anyMatch(host::equalsIgnoreCase);
  }

  /** The host without its port; empty when there is none or the port is no number. */
  static String hostOf(String authority) {
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', bracket + 1);
    if (colon < 0) {
      return authority;
    }
    String port = authority.substring(colon + 1);
    boolean number = port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? authority.substring(0, colon) : "";
  }

  static boolean sameAuthority(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://")) {
      return withPort(lower.substring(7), ":80").equals(withPort(host, ":80"));
    }
    return lower.startsWith("https://")
        && withPort(lower.substring(8), ":443").equals(withPort(host, ":443"));
  }

  private static String withPort(String authority, String usual) {
    String lower = authority.toLowerCase(Locale.ROOT);
    return hostOf(lower).equals(lower) ? lower + usual : lower;
  }
}
