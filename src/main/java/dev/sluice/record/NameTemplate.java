package dev.sluice.record;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file name template: {@code {name} {title} {platform} {room} {part:000} {start:pattern|zone}
 * {live:pattern|zone}}, bare strftime letters, {@code /} for folders (operations.md §4). Values are
 * data: they never become a separator.
 */
final class NameTemplate {
  /** Used where nothing else is set, and where a template is wrong. */
  static final String DEFAULT = "{name}/{start:yyyy-MM-dd HH.mm.ss} {title}";

  private static final int MAX_DEPTH = 8;
  private static final Map<Character, String> STRFTIME =
      Map.of(
          'Y', "yyyy", 'm', "MM", 'd', "dd", 'H', "HH", 'M', "mm", 'S', "ss", 'y', "yy", 'j',
          "DDD");

  private final String template;

  NameTemplate(String template) {
    this.template = template;
  }

  /**
   * What goes into a name.
   *
   * @param room identity of the room, the platform's own id
   * @param part place of the file in its recording, from 1
   * @param start when the file begins
   * @param live when the recording began
   */
  record Values(
      String name,
      String title,
      String platform,
      String room,
      int part,
      ZonedDateTime start,
      ZonedDateTime live) {}

  /**
   * The path relative to the root, without an ending, with {@code /} between folders.
   *
   * @throws IllegalArgumentException when the template is wrong; the message says where
   */
  String render(Values values) {
    StringBuilder path = new StringBuilder();
    int depth = 0;
    for (String part : components()) {
      if (part.isBlank()) {
        continue;
      }
      if (++depth > MAX_DEPTH) {
        throw new IllegalArgumentException("more than " + MAX_DEPTH + " folders: " + template);
      }
      path.append(path.isEmpty() ? "" : "/");
      path.append(FileName.component(component(part, values), FileName.MAX_BYTES));
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("the name template is empty");
    }
    return path.toString();
  }

  /** What is wrong with the template; empty when it can be used. */
  Optional<String> problem() {
    ZonedDateTime time = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    try {
      render(new Values("name", "title", "platform", "room", 1, time, time));
      return Optional.empty();
    } catch (RuntimeException e) {
      // Also what nobody foresaw: the recorder meets it again and says so.
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A slash inside of braces belongs to a zone ({@code Asia/Shanghai}) and parts no folders. */
  private List<String> components() {
    List<String> components = new ArrayList<>();
    int from = 0;
    boolean field = false;
    for (int at = 0; at < template.length(); at++) {
      char c = template.charAt(at);
      field = c == '{' || field && c != '}';
      if (c == '/' && !field) {
        components.add(template.substring(from, at));
        from = at + 1;
      }
    }
    components.add(template.substring(from));
    return components;
  }

  private String component(String text, Values values) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{') {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("'{' without '}' in: " + template);
        }
        out.append(FileName.clean(field(text.substring(at + 1, end), values)));
        at = end + 1;
      } else if (c == '%' && at + 1 < text.length()) {
        out.append(strftime(text.charAt(at + 1), values.start()));
        at += 2;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private String field(String field, Values values) {
    int colon = field.indexOf(':');
    String key = colon < 0 ? field : field.substring(0, colon);
    String format = colon < 0 ? "" : field.substring(colon + 1);
    return switch (key.strip().toLowerCase(Locale.ROOT)) {
      case "name" -> values.name();
      case "title" -> values.title();
      case "platform" -> values.platform();
      case "room" -> values.room();
      case "part" -> String.format("%0" + Math.max(1, format.length()) + "d", values.part());
      case "start" -> time(values.start(), format);
      case "live" -> time(values.live(), format);
      default ->
          throw new IllegalArgumentException(
              "unknown field {"
                  + key
                  + "}; known are name, title, platform, room, part, start, live");
    };
  }

  private String time(ZonedDateTime at, String format) {
    int bar = format.lastIndexOf('|');
    String pattern = bar < 0 ? format : format.substring(0, bar);
    try {
      ZonedDateTime moment =
          bar < 0 ? at : at.withZoneSameInstant(ZoneId.of(format.substring(bar + 1).strip()));
      String usual = pattern.isBlank() ? "yyyy-MM-dd HH.mm.ss" : pattern;
      return DateTimeFormatter.ofPattern(usual, Locale.ROOT).format(moment);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time pattern '" + format + "': " + e.getMessage(), e);
    }
  }

  private String strftime(char letter, ZonedDateTime at) {
    if (letter == '%') {
      return "%";
    }
    String pattern = STRFTIME.get(letter);
    if (pattern == null) {
      throw new IllegalArgumentException("unknown %" + letter + " in: " + template);
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at);
  }
}
