package dev.sluice.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, up to a bound. */
final class Problems {
  static final int LIMIT = 20;

  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String key, String message) {
    if (found.size() < LIMIT) {
      found.add(new Problem(place.line(), place.column(), key, message));
    }
  }

  void throwIfAny() throws SettingsException {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new SettingsException(found);
    }
  }

  /** Outside text for a message: short, on one line, in quotes. */
  static String quote(String text) {
    int[] shown = text.codePoints().limit(60).map(Problems::visible).toArray();
    String cut = text.codePointCount(0, text.length()) > shown.length ? "…" : "";
    return "'" + new String(shown, 0, shown.length) + cut + "'";
  }

  private static int visible(int codePoint) {
    int type = Character.getType(codePoint);
    boolean hidden =
        Character.isISOControl(codePoint)
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SURROGATE;
    return hidden ? '?' : codePoint;
  }
}
