package dev.sluice.room;

import java.util.Locale;

/** What a person wants of a room; the file, the API and the page use the words in lower case. */
public enum Mode {
  /** Watched, and recorded when it is live. */
  RECORD,
  /** Watched, and said when it is live; not recorded. */
  NOTIFY,
  /** Known, but not looked at. */
  PAUSED;

  /** The word of the settings file and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
