package dev.sluice.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings from the environment: {@code SLUICE__SERVER__PORT=9000} goes over {@code server.port} of
 * the file. Only what stands for the whole program can be set so; items of a list are separated by
 * commas. Immutable.
 */
public final class Environment {
  /** Sets nothing. */
  public static final Environment NONE = new Environment(Map.of());

  private static final String PREFIX = "SLUICE__";

  private final Map<String, String> values;

  private Environment(Map<String, String> values) {
    this.values = values;
  }

  /**
   * The settings among all variables.
   *
   * @param variables as the system gives them; those of other programs are left alone
   */
  public static Environment of(Map<String, String> variables) {
    Map<String, String> values = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !value.isBlank()) {
            values.put(name, value.strip());
          }
        });
    return new Environment(values);
  }

  /** The variable that sets a field, whether it does or not. */
  public static String variable(Field<?> field) {
    return variable(field.path(Scope.GLOBAL));
  }

  private static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replace(".", "__");
  }

  /** The text that goes over the file's. */
  Optional<String> value(Field<?> field) {
    return Optional.ofNullable(values.get(variable(field)));
  }

  /** The items that go over the file's. */
  Optional<List<String>> items(Field<?> field) {
    return value(field)
        .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
        .map(items -> items.stream().filter(item -> !item.isEmpty()).toList());
  }

  /** Whether a path of the file is set here, itself or something below it. */
  public boolean sets(List<String> path) {
    String variable = variable(String.join(".", path));
    return values.keySet().stream()
        .anyMatch(set -> set.equals(variable) || set.startsWith(variable + "__"));
  }

  /** Says which variables set nothing that there is. */
  void check(Problems problems) {
    List<String> known =
        FieldTable.fields(Scope.GLOBAL).stream().map(Environment::variable).toList();
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        String hint =
            Nearest.of(name.toLowerCase(Locale.ROOT), lower(known))
                .map(near -> "; did you mean '" + near.toUpperCase(Locale.ROOT) + "'?")
                .orElse("; unset it");
        problems.add(Place.TOP, name, "this environment variable names no setting" + hint);
      }
    }
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
