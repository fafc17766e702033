package dev.sluice.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parsers of single values. They throw IllegalArgumentException with a sentence for the user; those
 * for values that may be secret never repeat the value.
 */
final class Values {
  static final int LINK_LIMIT = 4096;
  static final int HEADER_LIMIT = 8192;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");

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

  /** One of some words. */
  static Function<String, String> choice(String what, List<String> words) {
    return text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            Problems.quote(text)
                + " is no "
                + what
                + Nearest.hint(text, words)
                + "; known: "
                + String.join(", ", words));
      }
      return text;
    };
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
  static Function<String, Duration> duration(
      Duration least, Duration most, String leastText, String mostText) {
    return text -> {
      Duration value = Units.duration(text);
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        String bounds = "from " + leastText + " to " + mostText;
        throw new IllegalArgumentException(Problems.quote(text) + " is out of bounds; " + bounds);
      }
      return value;
    };
  }

  /** What the parser reads, or empty for {@code off}. */
  static <T> Function<String, Optional<T>> orOff(Function<String, T> parser) {
    return text -> text.equals("off") ? Optional.empty() : Optional.of(parser.apply(text));
  }

  static long limit(String text) {
    long size = Units.size(text);
    if (size == 0) {
      throw new IllegalArgumentException("must be more than nothing; write 'off' for no limit");
    }
    return size;
  }

  /** A path, which need not be there. */
  static String path(String text) {
    line(LINK_LIMIT).apply(text);
    if (text.equals("~") || text.startsWith("~/")) {
      throw new IllegalArgumentException("'~' is not expanded; write the whole path");
    }
    try {
      Path.of(text);
      return text;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(Problems.quote(text) + " is no path", e);
    }
  }

  /** An absolute folder; a relative one starts at the data directory. */
  static Function<String, Path> folder(Path data) {
    return text -> data.resolve(path(text)).normalize();
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
}
