package dev.sluice.settings;

import java.util.Optional;

/**
 * What a removal took out of the text of a settings file, so that it can be put back where it
 * stood, with its comments. Plain text: whether the result makes sense is for who reads it.
 *
 * @param before the text with it
 * @param after the text without it
 */
public record RemovedText(String before, String after) {
  private static final int CONTEXT_LINES = 3;

  /**
   * The present text with what was taken out.
   *
   * @return empty where the place cannot be found for certain any more
   */
  public Optional<String> putBack(String now) {
    if (now.equals(after)) {
      return Optional.of(before);
    }
    int from = samePrefix();
    int tail = sameSuffix(from);
    if (after.length() - tail > from) {
      return Optional.empty();
    }
    String taken = before.substring(from, before.length() - tail);
    String above = after.substring(lineBefore(from), from);
    String below = after.substring(from, lineAfter(from));
    String around = above + below;
    int at = now.indexOf(around);
    boolean sure = !around.isBlank() && at >= 0 && now.indexOf(around, at + 1) < 0;
    int place = at + above.length();
    return sure
        ? Optional.of(now.substring(0, place) + taken + now.substring(place))
        : Optional.empty();
  }

  /** Up to a whole line. */
  private int samePrefix() {
    int most = Math.min(before.length(), after.length());
    int same = 0;
    while (same < most && before.charAt(same) == after.charAt(same)) {
      same++;
    }
    return before.lastIndexOf('\n', same - 1) + 1;
  }

  private int sameSuffix(int from) {
    int most = Math.min(before.length(), after.length()) - from;
    int same = 0;
    while (same < most
        && before.charAt(before.length() - 1 - same) == after.charAt(after.length() - 1 - same)) {
      same++;
    }
    return same;
  }

  private int lineBefore(int from) {
    int at = from;
    for (int i = 0; i < CONTEXT_LINES && at > 0; i++) {
      at = after.lastIndexOf('\n', at - 2) + 1;
    }
    return at;
  }

  private int lineAfter(int from) {
    int at = from;
    for (int i = 0; i < CONTEXT_LINES && at < after.length(); i++) {
      int end = after.indexOf('\n', at);
      at = end < 0 ? after.length() : end + 1;
    }
    return at;
  }

  /** Without the texts, which may hold secrets. */
  @Override
  public String toString() {
    return "RemovedText[" + (before.length() - after.length()) + " chars]";
  }
}
