package dev.sluice.settings;

/** The lines of a text, by offset. Line ends are LF or CRLF. */
record Lines(String text) {

  /** The line end that the text uses first; LF where it has none. */
  String eol() {
    int feed = text.indexOf('\n');
    return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  int start(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Before the line end. */
  int end(int offset) {
    int feed = text.indexOf('\n', offset);
    if (feed < 0) {
      return text.length();
    }
    return feed > 0 && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
  }

  /** Behind the line end. */
  int next(int offset) {
    int feed = text.indexOf('\n', offset);
    return feed < 0 ? text.length() : feed + 1;
  }

  boolean sameLine(int a, int b) {
    return start(a) == start(b);
  }

  /** What stands before the offset in its line. */
  String before(int offset) {
    return text.substring(start(offset), offset);
  }

  /** The next offset that is neither white space nor inside a comment. */
  int skipBlank(int offset) {
    int at = offset;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean comment = c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
      if (!comment && !Character.isWhitespace(c)) {
        return at;
      }
      at = comment ? end(at) : at + 1;
    }
    return at;
  }

  /** The dash of a block sequence's item that starts at the offset, which may be lines above. */
  int dash(int item) {
    String before = before(item);
    int lineStart = start(item);
    while (before.isBlank() || before.strip().startsWith("#")) {
      if (lineStart == 0) {
        throw ChangeException.byHand();
      }
      int above = lineStart - 1;
      lineStart = start(above);
      before = text.substring(lineStart, above);
    }
    int comment = before.indexOf(" #");
    int dash = before.lastIndexOf('-', comment < 0 ? before.length() : comment);
    if (dash < 0 || !before.substring(0, dash).isBlank()) {
      throw ChangeException.byHand();
    }
    return lineStart + dash;
  }
}
