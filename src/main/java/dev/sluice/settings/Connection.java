package dev.sluice.settings;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to connect to a room's source. Holds secrets: {@link #toString()} shows none of them.
 *
 * @param headers extra request headers in the order given
 * @param userAgent value of {@code User-Agent}
 * @param referer value of {@code Referer}
 * @param cookie value of {@code Cookie}
 * @param proxy {@code http://}, {@code https://}, {@code socks4://} or {@code socks5://} address,
 *     with user and password where needed
 */
public record Connection(
    Map<String, String> headers,
    Optional<String> userAgent,
    Optional<String> referer,
    Optional<String> cookie,
    Optional<URI> proxy) {

  /** No extra headers, no proxy. */
  public static final Connection PLAIN =
      new Connection(
          Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Connection {
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** This level's own values put over the given ones; headers are merged by name. */
  public Connection over(Connection base) {
    Map<String, String> merged = new LinkedHashMap<>(base.headers);
    headers.forEach(
        (name, value) -> {
          merged.keySet().removeIf(other -> other.equalsIgnoreCase(name));
          merged.put(name, value);
        });
    return new Connection(
        merged,
        userAgent.or(base::userAgent),
        referer.or(base::referer),
        cookie.or(base::cookie),
        proxy.or(base::proxy));
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "Connection[headers="
        + headers.keySet()
        + ", cookie="
        + (cookie.isPresent() ? "set" : "none")
        + ", proxy="
        + (proxy.isPresent() ? "set" : "none")
        + "]";
  }
}
