package dev.sluice.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Parsers of hosts, networks and web addresses, as those of {@link Values}. */
final class Addresses {
  private static final Set<String> PROXIES = Set.of("http", "https", "socks4", "socks5");
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern HOST_NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "([.]" + LABEL + ")*");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])([.](?!$)|$)){4}");

  private Addresses() {}

  static String host(String text) {
    if (Values.line(255).apply(text).matches(".*[\\s/].*")) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no address to listen on; write for example 127.0.0.1");
    }
    return text;
  }

  /** A host name as a browser asks for it, in lower case. */
  static String hostName(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!HOST_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no host name; write for example nas.example, without a port");
    }
    return name;
  }

  /** An address, or a network as {@code 10.0.0.0/8} or {@code fd00::/8}. */
  static String network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int bits = address.contains(":") ? 128 : 32;
    boolean fits =
        (isIpv4(address) || isIpv6(address))
            && (slash < 0 || isBits(text.substring(slash + 1), bits));
    if (!fits) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no address; write for example 127.0.0.1 or 10.0.0.0/8");
    }
    return text;
  }

  private static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    if (!text.contains(":") || !text.matches("[0-9A-Fa-f:.]{2,45}")) {
      return false;
    }
    try {
      return new URI("http://[" + text + "]/").getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isBits(String text, int most) {
    return text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most;
  }

  /** The http or https address of a webhook; never repeated in the message. */
  static URI webhook(String text) {
    try {
      URI uri = new URI(Values.line(Values.LINK_LIMIT).apply(text));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && uri.getHost() != null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // its message holds the address, and that a secret
    }
    throw new IllegalArgumentException(
        "is no web address; write for example https://host.example/path");
  }

  /** The address of a proxy; never repeated in the message. */
  static URI proxy(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (PROXIES.contains(scheme) && uri.getHost() != null && bare && path.length() <= 1) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // its message holds the address, and that a password
    }
    throw new IllegalArgumentException(
        "is no proxy address; write for example http://host:3128 or socks5://host:1080");
  }
}
