package dev.sluice.settings;

import dev.sluice.room.Mode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parsers of single values. They throw IllegalArgumentException with a sentence for the user; those
 * for values that may be secret never repeat the value.
 */
final class Values {
  static final int LINK_LIMIT = 4096;
  private static final int HEADER_LIMIT = 8192;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
  private static final Set<String> PROXIES = Set.of("http", "https", "socks4", "socks5");

  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern HOST_NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "([.]" + LABEL + ")*");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])([.](?!$)|$)){4}");
  private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_.]{0,63}");

  private Values() {}

  /** A line of text of 1 to {@code limit} chars without control characters. */
  static Function<String, String> line(int limit) {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("must not be empty; leave the key out instead");
      }
      if (text.length() > limit) {
        throw new IllegalArgumentException("is longer than " + limit + " characters");
      }
      if (text.codePoints().anyMatch(Values::unfit)) {
        throw new IllegalArgumentException("holds a line break or another control character");
      }
      return text;
    };
  }

  private static boolean unfit(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no port; write a number from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  static String host(String text) {
    if (line(255).apply(text).matches(".*[\\s/].*")) {
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

  /** What is wanted of a room. */
  static Mode mode(String text) {
    for (Mode mode : Mode.values()) {
      if (mode.word().equals(text)) {
        return mode;
      }
    }
    String words = Arrays.stream(Mode.values()).map(Mode::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(Problems.quote(text) + " is no mode; known: " + words);
  }

  /** The name of an event that a webhook wants. */
  static String event(String text) {
    if (!EVENT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no event; write for example recording.ended");
    }
    return text;
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              Problems.quote(text) + " is neither 'true' nor 'false'");
    };
  }

  /** A duration within both bounds. */
  static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      Duration value = Units.duration(text);
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        String bounds = "from " + Units.format(least) + " to " + Units.format(most);
        throw new IllegalArgumentException(Problems.quote(text) + " is out of bounds; " + bounds);
      }
      return value;
    };
  }

  /** What the parser reads, or empty for {@code off}. */
  static <T> Function<String, Optional<T>> orOff(Function<String, T> parser) {
    return text -> text.equals("off") ? Optional.empty() : Optional.of(parser.apply(text));
  }

  /** The http or https address of a webhook; never repeated in the message. */
  static URI webhook(String text) {
    try {
      URI uri = new URI(line(LINK_LIMIT).apply(text));
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

  static long limit(String text) {
    long size = Units.size(text);
    if (size == 0) {
      throw new IllegalArgumentException("must be more than nothing; write 'off' for no limit");
    }
    return size;
  }

  /** An absolute folder; a relative one starts at the data directory. */
  static Function<String, Path> folder(Path data) {
    return text -> {
      line(LINK_LIMIT).apply(text);
      if (text.equals("~") || text.startsWith("~/")) {
        throw new IllegalArgumentException("'~' is not expanded; write the whole path");
      }
      try {
        return data.resolve(text).normalize();
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(Problems.quote(text) + " is no path", e);
      }
    };
  }

  /** The absolute path of a file that is there; a relative one starts at the data directory. */
  static Function<String, Path> file(Path data) {
    return text -> {
      Path file = folder(data).apply(text);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "there is no file " + Problems.quote(text) + "; the path starts at the data directory");
      }
      return file;
    };
  }

  /** Whether this may be the name of a target or a platform. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean isHeaderName(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** A header's value; never repeated in the message. */
  static String header(String text) {
    return line(HEADER_LIMIT).apply(text);
  }

  /** The name of a target that there is. */
  static Function<String, String> target(List<String> known) {
    return text -> {
      if (!known.contains(text)) {
        String list = known.isEmpty() ? "no target is defined" : String.join(", ", known);
        String hint = Nearest.hint(text, known);
        throw new IllegalArgumentException(
            "unknown target " + Problems.quote(text) + hint + " (known: " + list + ")");
      }
      return text;
    };
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
