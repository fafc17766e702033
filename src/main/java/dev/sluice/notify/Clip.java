package dev.sluice.notify;

/** Bounds texts that may come from outside. */
final class Clip {
  /** Characters of one text. */
  static final int MAX = 1000;

  private Clip() {}

  /** The text, or its beginning with an ellipsis; never half a character. */
  static String text(String text) {
    if (text.length() <= MAX) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX;
    return text.substring(0, end) + "…";
  }
}
