package dev.sluice.storage;

import java.util.List;
import java.util.Locale;

/** Sizes for people, the same in every language: {@code 1.5 GB}. */
final class Sizes {
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB", "EB");

  private Sizes() {}

  /**
   * @param bytes 0 or more
   */
  static String words(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    String number = String.format(Locale.ROOT, value < 10 && unit > 0 ? "%.1f" : "%.0f", value);
    return number.replace(".0", "") + " " + UNITS.get(unit);
  }
}
