package dev.sluice.room;

import java.util.Locale;

/** The kind of file that a recording is written as; the settings use the words in lower case. */
public enum Container {
  /** As it comes. */
  FLV,
  /** In fragments, so that it plays wherever it is cut. */
  MP4;

  /** The word of the settings file and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The ending of its files. */
  public String ending() {
    return "." + word();
  }

  /** The value of a word. */
  public static Container ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
