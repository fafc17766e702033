package dev.sluice.settings;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The parser's complaints in our words. Never its snippet of the text: that may hold a secret. */
final class YamlErrors {
  private YamlErrors() {}

  static SettingsException explain(MarkedYamlEngineException error) {
    Mark mark = error.getProblemMark().or(error::getContextMark).orElse(null);
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1;
    return new SettingsException(new Problem(line, column, "", message(error.getProblem())));
  }

  /** Refuses characters that YAML forbids; the parser's own position of them is not reliable. */
  static void refuseForbidden(String text) throws SettingsException {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int codePoint = text.codePointAt(at);
      if (!StreamReader.isPrintable(codePoint)) {
        String code = String.format("U+%04X", codePoint);
        throw at(text, at, "the character " + code + " is not allowed in a settings file");
      }
    }
  }

  /** A problem at a char of the text. */
  static SettingsException at(String text, int offset, String message) {
    String before = text.substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int start = before.lastIndexOf('\n') + 1;
    int column = before.codePointCount(start, before.length()) + 1;
    return new SettingsException(new Problem(line, column, "", message));
  }

  private static String message(String problem) {
    if (problem == null) {
      return "this is not YAML";
    }
    if (problem.contains("TAB") || problem.contains("'\\t'")) {
      return "a tab cannot indent YAML; use spaces";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a second ':' in one line; put the value in double quotes, or mend the indent";
    }
    if (problem.contains("<block end>")) {
      return "the indent does not fit the lines above it";
    }
    if (problem.startsWith("expected ',' or")) {
      return "a comma is missing here, or a bracket is not closed";
    }
    return "this is not YAML: " + problem;
  }
}
