package dev.sluice.settings;

import java.util.Locale;

/** Where in the settings file a field may stand. */
public enum Scope {
  /** For the whole program and every room. */
  GLOBAL(""),
  /** For one delivery target. */
  TARGET("targets.*."),
  /** For one webhook. */
  WEBHOOK("webhooks.*."),
  /** For all rooms of one platform. */
  PLATFORM("platforms.*."),
  /** For one room. */
  ROOM("rooms[].");

  private final String prefix;

  Scope(String prefix) {
    this.prefix = prefix;
  }

  /** What stands before a path of this scope in the whole file; {@code *} is a name of choice. */
  public String prefix() {
    return prefix;
  }

  /** The word used by the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
