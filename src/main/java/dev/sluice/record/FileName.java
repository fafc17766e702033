package dev.sluice.record;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Makes one path component out of any text: the same on every file system, never a separator, never
 * empty (operations.md §4).
 */
final class FileName {
  /** Bytes of a component; the rest of 255 is left for {@code (999)}, epoch and suffixes. */
  static final int MAX_BYTES = 255 - 48;

  private static final String FORBIDDEN = "\\/:*?\"<>|";
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private FileName() {}

  /** Replaces what a file name must not hold; the result may be empty and too long. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              boolean bad =
                  Character.isISOControl(point)
                      || FORBIDDEN.indexOf(point) >= 0
                      || Character.getType(point) == Character.SURROGATE
                      || isDirectionMark(point);
              clean.appendCodePoint(bad ? '_' : point);
            });
    return Normalizer.normalize(clean, Normalizer.Form.NFC);
  }

  /** A whole component: cleaned, cut to the bytes that are allowed, never a reserved name. */
  static String component(String text, int maxBytes) {
    String name = trimEnd(cut(clean(text).strip(), maxBytes));
    if (name.isEmpty() || name.chars().allMatch(c -> c == '.')) {
      return "_";
    }
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    boolean reserved = DEVICES.contains(stem.strip().toLowerCase(Locale.ROOT));
    return reserved || name.startsWith(".") ? trimEnd(cut("_" + name, maxBytes)) : name;
  }

  private static boolean isDirectionMark(int point) {
    return point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069
        || point == 0x061C
        || point == 0x200E
        || point == 0x200F;
  }

  private static String cut(String text, int maxBytes) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      bytes += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        break;
      }
      at += Character.charCount(point);
    }
    return text.substring(0, at);
  }

  private static String trimEnd(String text) {
    int end = text.length();
    while (end > 0
        && (text.charAt(end - 1) == '.' || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }
}
