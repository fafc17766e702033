package dev.sluice.net;

import dev.sluice.settings.Connection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a stream is asked for: headers, proxy, and who gets the secrets. */
final class StreamRequest {
  private static final int CONNECT_MS = 10_000;
  private static final int ANSWER_MS = 15_000;
  private static final Set<String> SECRET_HEADERS = Set.of("cookie", "authorization");

  private final String userAgent;

  /**
   * @param userAgent sent where the room sets none
   */
  StreamRequest(String userAgent) {
    this.userAgent = userAgent;
  }

  /**
   * The request for an address.
   *
   * @param given the link that the owner named; secrets go to its host only
   * @throws IllegalArgumentException when it is no http(s) address
   */
  RequestOptions options(URI address, URI given, Connection connection) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new IllegalArgumentException("no http(s) address");
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(withoutFragment(address))
            .setConnectTimeout(CONNECT_MS)
            .setIdleTimeout(ANSWER_MS)
            .setFollowRedirects(false);
    boolean sameSite = address.getHost().equalsIgnoreCase(given.getHost());
    options.putHeader("User-Agent", connection.userAgent().orElse(userAgent));
    options.putHeader("Accept", "*/*");
    connection.referer().ifPresent(value -> options.putHeader("Referer", value));
    if (sameSite) {
      connection.cookie().ifPresent(value -> options.putHeader("Cookie", value));
    }
    for (Map.Entry<String, String> header : connection.headers().entrySet()) {
      boolean secret = SECRET_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT));
      if (sameSite || !secret) {
        options.putHeader(header.getKey(), header.getValue());
      }
    }
    connection.proxy().map(StreamRequest::proxy).ifPresent(options::setProxyOptions);
    return options;
  }

  /** Where to connect to instead of looking the address's host up. */
  static SocketAddress server(URI address, InetAddress host) {
    boolean secure = address.getScheme().equalsIgnoreCase("https");
    int port = address.getPort() < 0 ? (secure ? 443 : 80) : address.getPort();
    return SocketAddress.inetSocketAddress(port, host.getHostAddress());
  }

  private static String withoutFragment(URI address) {
    String text = address.toASCIIString();
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }

  private static ProxyOptions proxy(URI proxy) {
    ProxyOptions options = new ProxyOptions().setHost(proxy.getHost());
    String scheme = proxy.getScheme().toLowerCase(Locale.ROOT);
    options.setType(
        switch (scheme) {
          case "socks5" -> ProxyType.SOCKS5;
          case "socks4" -> ProxyType.SOCKS4;
          default -> ProxyType.HTTP;
        });
    int usual = scheme.startsWith("socks") ? 1080 : 8080;
    options.setPort(proxy.getPort() < 0 ? usual : proxy.getPort());
    String user = proxy.getUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      options.setUsername(colon < 0 ? user : user.substring(0, colon));
      options.setPassword(colon < 0 ? "" : user.substring(colon + 1));
    }
    return options;
  }
}
