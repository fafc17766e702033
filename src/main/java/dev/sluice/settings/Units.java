package dev.sluice.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them, for the settings file and the command line. */
public final class Units {
  private static final Pattern PART = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]{0,3})");
  private static final Map<String, Long> MILLIS = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();

  static {
    MILLIS.put("d", 86_400_000L);
    MILLIS.put("h", 3_600_000L);
    MILLIS.put("m", 60_000L);
    MILLIS.put("s", 1000L);
    MILLIS.put("ms", 1L);
    BYTES.put("TiB", 1L << 40);
    BYTES.put("TB", 1_000_000_000_000L);
    BYTES.put("GiB", 1L << 30);
    BYTES.put("GB", 1_000_000_000L);
    BYTES.put("MiB", 1L << 20);
    BYTES.put("MB", 1_000_000L);
    BYTES.put("KiB", 1L << 10);
    BYTES.put("kB", 1000L);
  }

  private Units() {}

  /**
   * Reads a duration such as {@code 250ms}, {@code 90s} or {@code 1h30m}: units d, h, m, s, ms, the
   * larger before the smaller, each at most once.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static Duration duration(String text) {
    if (text.matches("[0-9]+")) {
      String unit = Problems.quote(text) + " has no unit, and could mean seconds or minutes";
      throw new IllegalArgumentException(
          unit + "; write for example " + text + "s or " + text + "m");
    }
    Matcher part = PART.matcher(text);
    long millis = 0;
    long larger = Long.MAX_VALUE;
    int end = 0;
    while (part.find() && part.start() == end && MILLIS.get(part.group(2)) < larger) {
      larger = MILLIS.get(part.group(2));
      millis = add(millis, part.group(1), larger, text);
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no duration; write for example 90s, 5m or 1h30m");
    }
    return Duration.ofMillis(millis);
  }

  /**
   * Reads a size in bytes such as {@code 1024}, {@code 500MB} (powers of 1000) or {@code 8MiB}
   * (powers of 1024).
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    Long unit = matcher.matches() ? bytes(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no size; write for example 500MB, 2GiB or 1048576 (bytes)");
    }
    return add(0, matcher.group(1), unit, text);
  }

  /** The duration in the form {@link #duration} reads; parts of a millisecond are dropped. */
  public static String format(Duration duration) {
    long rest = duration.toMillis();
    if (rest < 0) {
      throw new IllegalArgumentException("a duration to write is not negative: " + duration);
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> unit : MILLIS.entrySet()) {
      if (rest >= unit.getValue()) {
        text.append(rest / unit.getValue()).append(unit.getKey());
        rest %= unit.getValue();
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** The bytes in the largest unit that divides them, in the form {@link #size} reads. */
  public static String format(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + bytes);
    }
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (bytes > 0 && bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    return Long.toString(bytes);
  }

  private static Long bytes(String unit) {
    if (unit.isEmpty() || unit.equalsIgnoreCase("B")) {
      return 1L;
    }
    for (Map.Entry<String, Long> known : BYTES.entrySet()) {
      if (known.getKey().toLowerCase(Locale.ROOT).equals(unit.toLowerCase(Locale.ROOT))) {
        return known.getValue();
      }
    }
    return null;
  }

  private static long add(long sum, String count, long unit, String text) {
    try {
      return Math.addExact(sum, Math.multiplyExact(Long.parseLong(count), unit));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(Problems.quote(text) + " is too large", e);
    }
  }
}
