package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Writes values as YAML. What could be read as anything but the same text is put in double quotes.
 */
final class YamlText {
  private static final String STEP = "  ";
  private static final int PLAIN_LIMIT = 200;
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/_.?=&%+~@:-]*");
  private static final Pattern WORDS =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*( [\\p{L}\\p{Nd}_]+)*");
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9a-fA-F_.:xoOXeE+-]*");
  private static final Set<String> SPECIAL =
      Set.of("true", "false", "yes", "no", "on", "y", "n", "null");

  private final String eol;

  YamlText(String eol) {
    this.eol = eol;
  }

  /** A key with its value as lines of a block mapping: without the last line end. */
  String entry(String key, JsonNode value, String indent) {
    return indent + scalar(key) + ":" + afterColon(value, indent);
  }

  /** A value as it stands behind {@code key:}. */
  String afterColon(JsonNode value, String indent) {
    return isBlock(value) ? eol + block(value, indent + STEP) : " " + inline(value);
  }

  /** An item as lines of a block sequence: without the last line end. */
  String item(JsonNode value, String indent) {
    if (!value.isObject() || value.isEmpty()) {
      return indent + "- " + inline(value);
    }
    return indent + "- " + block(value, indent + STEP).substring(indent.length() + STEP.length());
  }

  /** Whether a value is written on lines of its own. */
  static boolean isBlock(JsonNode value) {
    if (value.isArray()) {
      return !value.isEmpty() && value.get(0).isObject();
    }
    return value.isObject() && !value.isEmpty();
  }

  /** A mapping or sequence on lines of its own: without the last line end. */
  String block(JsonNode value, String indent) {
    StringJoiner lines = new StringJoiner(eol);
    if (value.isArray()) {
      value.forEach(item -> lines.add(item(item, indent)));
    } else {
      value
          .properties()
          .forEach(field -> lines.add(entry(field.getKey(), field.getValue(), indent)));
    }
    return lines.toString();
  }

  /** A value on one line, fit for a flow mapping or sequence too. */
  String inline(JsonNode value) {
    if (value.isObject()) {
      StringJoiner fields = new StringJoiner(", ", "{", "}");
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        fields.add(pair(field.getKey(), field.getValue()));
      }
      return fields.toString();
    }
    if (value.isArray()) {
      StringJoiner items = new StringJoiner(", ", "[", "]");
      for (Iterator<JsonNode> i = value.elements(); i.hasNext(); ) {
        items.add(inline(i.next()));
      }
      return items.toString();
    }
    return value.isTextual() ? scalar(value.textValue()) : value.asText();
  }

  /** A key with its value for a flow mapping. */
  String pair(String key, JsonNode value) {
    return scalar(key) + ": " + inline(value);
  }

  /** A text as a scalar that is read as the same text. */
  static String scalar(String text) {
    return isPlain(text) ? text : quoted(text);
  }

  private static boolean isPlain(String text) {
    if (text.length() > PLAIN_LIMIT || SPECIAL.contains(text.toLowerCase(Locale.ROOT))) {
      return false;
    }
    boolean shape = ADDRESS.matcher(text).matches() || WORDS.matcher(text).matches();
    return shape && !text.endsWith(":") && !NUMBER.matcher(text).matches();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> escape(codePoint, out));
    return out.append('"').toString();
  }

  private static void escape(int codePoint, StringBuilder out) {
    switch (codePoint) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (needsEscape(codePoint)) {
          out.append(
              String.format(Locale.ROOT, codePoint > 0xFFFF ? "\\U%08X" : "\\u%04X", codePoint));
        } else {
          out.appendCodePoint(codePoint);
        }
      }
    }
  }

  private static boolean needsEscape(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED;
  }
}
