package dev.sluice.net;

import java.util.regex.Pattern;

/**
 * Makes text fit for a log: one line, without control characters, without secrets, bounded. What an
 * outside server said must neither forge a line nor paint on a terminal.
 */
public final class LogText {
  /** Characters of one line: with a trace an event stays below 8 KiB or little above it. */
  public static final int MAX_LINE = 2000;

  /** Characters of a text of several lines. */
  public static final int MAX_LINES = 6000;

  private static final String MASK = "•••";

  /** Line and paragraph separators, controls, and marks that turn the direction of writing. */
  private static final Pattern UNSAFE =
      Pattern.compile(
          "[\\p{Cntrl}\\x{80}-\\x{9F}\\x{2028}\\x{2029}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}"
              + "\\x{2066}-\\x{2069}\\x{FEFF}]");

  private static final Pattern USER = Pattern.compile("(?<=[a-z0-9]://)[^/\\s?#@]{1,500}@");
  private static final Pattern QUERY =
      Pattern.compile("((?:https?|wss?|rtmps?)://[^\\s?#\"'<>]{1,500}\\?)[^\\s\"'<>]+");

  /** All that follows: a cookie has many parts, and any of them may be what lets one in. */
  private static final Pattern COOKIE =
      Pattern.compile("(?i)\\b((?:set-)?cookie)(\"?\\s*[:=]\\s*\"?)[^\"\\]}]+");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b((?:proxy-)?authorization|password|passwd|secret|token|api[_-]?key"
              + "|access[_-]?key|sessdata|bili_jct|csrf)(\"?\\s*[:=]\\s*\"?)(?:(?:bearer|basic)\\s+)?"
              + "[^\\s\",;&]{1,500}");
  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,500}");

  private LogText() {}

  /** The text as one safe line. */
  public static String line(String text) {
    return masked(UNSAFE.matcher(cut(text, MAX_LINE)).replaceAll(" "));
  }

  /**
   * A text of several lines, such as a stack trace: every line but the first begins with a tab, so
   * that none looks like an event of the log.
   */
  public static String lines(String text) {
    StringBuilder safe = new StringBuilder();
    String[] lines = cut(text, MAX_LINES).split("\\R");
    for (int i = 0; i < lines.length; i++) {
      safe.append(i == 0 ? "" : "\n\t").append(line(lines[i].strip()));
    }
    return safe.toString();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  private static String masked(String text) {
    String masked = text;
    if (text.contains("://")) {
      masked = USER.matcher(masked).replaceAll(MASK + "@");
      masked = QUERY.matcher(masked).replaceAll("$1" + MASK);
    }
    masked = COOKIE.matcher(masked).replaceAll("$1$2" + MASK);
    masked = NAMED.matcher(masked).replaceAll("$1$2" + MASK);
    return BEARER.matcher(masked).replaceAll("$1 " + MASK);
  }
}
