package dev.sluice.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One setting: a row of the {@link FieldTable}.
 *
 * @param <T> what a value is once it was read; of a list: one item
 * @param paths where it stands, from the beginning of each scope that it has
 * @param kind what its values are; of a list: its items
 * @param list whether it is a list
 * @param initial what holds where nothing is written; empty: nothing
 * @param when when a change takes effect
 * @param level whether most people want to see it
 * @param example what the example file shows where {@code initial} says nothing
 */
public record Field<T>(
    Map<Scope, String> paths,
    Kind<T> kind,
    boolean list,
    Optional<String> initial,
    When when,
    Level level,
    String example) {

  public Field {
    paths = Map.copyOf(paths);
  }

  /** Who wants to see a field. */
  public enum Level {
    BASIC,
    ADVANCED;

    /** The word used by the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The one name of the field: its path for the whole, else in the first scope that it has. */
  public String key() {
    for (Scope scope : Scope.values()) {
      if (paths.containsKey(scope)) {
        boolean inherited = scope == Scope.PLATFORM;
        return inherited ? paths.get(scope) : scope.prefix() + paths.get(scope);
      }
    }
    throw new IllegalStateException("a field stands somewhere");
  }

  /** What it is about: the word of a group of fields. */
  public String group() {
    String first = key().replace("[]", "").split("\\.")[0];
    return switch (first) {
      case "keep" -> "storage";
      case "rooms" -> "room";
      case "user_agent", "referer", "headers", "cookie", "cookie_file", "proxy" -> "connection";
      default -> first;
    };
  }

  /** Whether it may stand there. */
  public boolean isIn(Scope scope) {
    return paths.containsKey(scope);
  }

  /**
   * Its dotted path from the beginning of the scope.
   *
   * @throws IllegalArgumentException where it may not stand there
   */
  public String path(Scope scope) {
    String path = paths.get(scope);
    if (path == null) {
      throw new IllegalArgumentException(key() + " does not stand in " + scope);
    }
    return path;
  }

  /** What holds where nothing is written. */
  T initially() {
    return kind.parser().apply(initial.orElseThrow());
  }

  /** Whether its values stand below names of choice, as request headers do. */
  public boolean isMap() {
    return paths.values().stream().anyMatch(path -> path.endsWith(".*"));
  }
}
