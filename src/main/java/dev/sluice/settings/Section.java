package dev.sluice.settings;

import java.util.ArrayList;
import java.util.List;

/** The mappings of the settings file and the keys that each may hold: the one list of them. */
enum Section {
  ROOT("server", "recordings", "monitor", "storage", "targets", "webhooks", "platforms", "rooms"),
  SERVER("host", "port", "names", "trusted_proxies"),
  RECORDINGS("dir", "name", "split", "targets"),
  SPLIT("every", "size"),
  MONITOR("every", "grace", "stall_timeout"),
  STORAGE("reserve", "trash", "keep"),
  KEEP("for", "size"),
  TARGETS(),
  TARGET("type", "dir"),
  WEBHOOKS(),
  WEBHOOK("url", "secret_file", "private", "events"),
  PLATFORMS(),
  PLATFORM(
      "recordings",
      "monitor",
      "keep",
      "headers",
      "user_agent",
      "referer",
      "cookie",
      "cookie_file",
      "proxy"),
  PLATFORM_RECORDINGS("name", "split", "targets"),
  HEADERS(),
  ROOM(
      "link",
      "name",
      "mode",
      "record",
      "targets",
      "headers",
      "user_agent",
      "referer",
      "cookie",
      "cookie_file",
      "proxy",
      "recordings",
      "monitor",
      "keep"),
  ROOM_RECORDINGS("name", "split");

  private final List<String> keys;

  Section(String... keys) {
    this.keys = List.of(keys);
  }

  /** The keys in the order they are shown; empty: the user chooses them. */
  List<String> keys() {
    return keys;
  }

  /** What the value of a key of this section is, or null where it is a value or a list. */
  Section below(String key) {
    if (keys.isEmpty()) {
      return named();
    }
    return switch (key) {
      case "server" -> SERVER;
      case "recordings" ->
          this == ROOT ? RECORDINGS : this == ROOM ? ROOM_RECORDINGS : PLATFORM_RECORDINGS;
      case "split" -> SPLIT;
      case "monitor" -> MONITOR;
      case "headers" -> HEADERS;
      case "storage" -> STORAGE;
      case "keep" -> KEEP;
      case "webhooks" -> WEBHOOKS;
      case "targets" -> this == ROOT ? TARGETS : null;
      case "platforms" -> PLATFORMS;
      case "rooms" -> ROOM;
      default -> null;
    };
  }

  /** What stands below a name that the user chose: it may be the word of another section. */
  private Section named() {
    return switch (this) {
      case TARGETS -> TARGET;
      case WEBHOOKS -> WEBHOOK;
      case PLATFORMS -> PLATFORM;
      default -> null;
    };
  }

  /**
   * Every key that holds a value, as dotted paths; {@code *} stands for a name the user chooses.
   */
  static List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect(ROOT, "", paths);
    return paths;
  }

  private static void collect(Section section, String path, List<String> paths) {
    for (String key : section.keys.isEmpty() ? List.of("*") : section.keys) {
      Section below = section.below(key);
      if (below == null) {
        paths.add(path + key);
      } else {
        collect(below, path + key + (below == ROOM ? "[]." : "."), paths);
      }
    }
  }
}
