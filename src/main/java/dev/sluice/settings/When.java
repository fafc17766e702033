package dev.sluice.settings;

import java.util.Locale;

/** When a changed setting takes effect. */
public enum When {
  NOW,
  NEXT_SEGMENT,
  NEXT_BROADCAST,
  NEXT_START;

  /** The word used by the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
