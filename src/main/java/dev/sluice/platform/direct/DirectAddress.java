package dev.sluice.platform.direct;

import dev.sluice.platform.LinkException;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One spelling for all spellings of an address (RFC 3986 §6.2.2 and §6.2.3): scheme and host in
 * lower case, default port and fragment dropped, dot segments resolved, percent-encoding of
 * unreserved characters undone, the rest of it in upper case, an empty path made {@code /}. The
 * query is kept.
 */
final class DirectAddress {
  private static final int MAX_LENGTH = 4096;
  private static final String UNRESERVED = "-._~";
  private static final String ALLOWED_RAW = "!$&'()*+,;=:@/?-._~%";

  private DirectAddress() {}

  static URI normalise(String link) throws LinkException {
    String text = link.strip();
    if (text.length() > MAX_LENGTH) {
      throw new LinkException("link.long", "the link is longer than " + MAX_LENGTH + " characters");
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new LinkException("link.invalid", "the link holds half a character");
    }
    int hash = text.indexOf('#');
    text = hash < 0 ? text : text.substring(0, hash);
    int schemeEnd = text.indexOf("://");
    String scheme = text.substring(0, Math.max(0, schemeEnd)).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new LinkException("link.scheme", "the link must begin with http:// or https://");
    }
    String rest = text.substring(schemeEnd + 3);
    int pathAt = indexOfAny(rest, "/?");
    String authority = pathAt < 0 ? rest : rest.substring(0, pathAt);
    String tail = pathAt < 0 ? "" : rest.substring(pathAt);
    int queryAt = tail.indexOf('?');
    String path = queryAt < 0 ? tail : tail.substring(0, queryAt);
    String query = queryAt < 0 ? "" : "?" + encode(tail.substring(queryAt + 1));
    try {
      return withHost(
          new URI(scheme + "://" + authority(scheme, authority) + path(encode(path)) + query));
    } catch (java.net.URISyntaxException | IllegalArgumentException e) {
      throw new LinkException("link.invalid", "the link is no valid address");
    }
  }

  /**
   * What to call the room while nothing better is known: the last part of the path, or the host.
   */
  static String name(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    String stem = dot > 0 ? last.substring(0, dot) : last;
    return stem.isBlank() ? address.getHost() : stem;
  }

  /** Names that a URI takes but no connection can be made to, such as one with an underscore. */
  private static URI withHost(URI address) throws LinkException {
    if (address.getHost() == null) {
      throw new LinkException(
          "link.host",
          "the link's host name is not valid; it may hold letters, digits, hyphens and dots");
    }
    return address;
  }

  private static String authority(String scheme, String authority) throws LinkException {
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at + 1);
    String hostPort = authority.substring(at + 1);
    int colon = hostPort.startsWith("[") ? hostPort.indexOf("]:") + 1 : hostPort.lastIndexOf(':');
    String host = colon > 0 ? hostPort.substring(0, colon) : hostPort;
    String port = colon > 0 ? hostPort.substring(colon + 1) : "";
    if (host.isEmpty()) {
      throw new LinkException("link.host", "the link names no host");
    }
    if (!user.isEmpty()) {
      throw new LinkException(
          "link.user", "the link holds a user name; give it as a header instead (Authorization)");
    }
    return host(host) + port(scheme, port);
  }

  private static String host(String host) throws LinkException {
    if (host.startsWith("[")) {
      return host.toLowerCase(Locale.ROOT);
    }
    if (host.indexOf(':') >= 0) {
      throw new LinkException("link.host", "the link's host name holds a colon");
    }
    try {
      String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      // Some letters become separators on the way, such as the full-width slash.
      if (!ascii.chars().allMatch(DirectAddress::isHostLetter)) {
        throw new LinkException("link.host", "the link's host name is not valid");
      }
      return ascii.length() > 1 && ascii.endsWith(".")
          ? ascii.substring(0, ascii.length() - 1)
          : ascii;
    } catch (IllegalArgumentException e) {
      throw new LinkException("link.host", "the link's host name is not valid");
    }
  }

  private static boolean isHostLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
  }

  private static String port(String scheme, String port) throws LinkException {
    if (port.isEmpty()) {
      return "";
    }
    try {
      int number = Integer.parseInt(port);
      if (number < 1 || number > 65535) {
        throw new NumberFormatException(port);
      }
      boolean usual = number == (scheme.equals("http") ? 80 : 443);
      return usual ? "" : ":" + number;
    } catch (NumberFormatException e) {
      throw new LinkException("link.port", "the link's port is no number from 1 to 65535");
    }
  }

  /** Dot segments out; an empty path becomes a slash. */
  private static String path(String path) {
    if (path.isEmpty()) {
      return "/";
    }
    java.util.ArrayDeque<String> kept = new java.util.ArrayDeque<>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      switch (parts[i]) {
        case "." -> addEmptyIf(last, kept);
        case ".." -> {
          kept.pollLast();
          addEmptyIf(last, kept);
        }
        default -> kept.addLast(parts[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static void addEmptyIf(boolean last, java.util.ArrayDeque<String> kept) {
    if (last) {
      kept.addLast("");
    }
  }

  /** Undoes needless percent-encoding, adds what is needed, writes the rest in upper case. */
  private static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xFF;
      int value = b == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
      if (value >= 0) {
        append(out, value, isUnreserved(value));
        i += 2;
      } else if (b == '%') {
        out.append("%25");
      } else {
        append(out, b, isUnreserved(b) || ALLOWED_RAW.indexOf(b) >= 0);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int b, boolean raw) {
    if (raw) {
      out.append((char) b);
    } else {
      out.append(String.format("%%%02X", b));
    }
  }

  private static boolean isUnreserved(int b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b < 128 && UNRESERVED.indexOf(b) >= 0;
  }

  private static int hex(byte high, byte low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h << 4 | l;
  }

  private static int indexOfAny(String text, String letters) {
    for (int i = 0; i < text.length(); i++) {
      if (letters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
