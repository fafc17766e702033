package dev.sluice.settings;

import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One mapping of the file, read key by key; what is wrong goes to the problems. */
final class Fields {
  private final Problems problems;
  private final Environment environment;
  private final Section section;
  private final String path;
  private final Place place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Fields> below = new HashMap<>();

  /** The whole file; what the environment sets goes over what the file says. */
  Fields(Problems problems, Environment environment, YamlNode node) {
    this(problems, environment, Section.ROOT, "", node);
  }

  /** A part of a file, which the environment does not reach. */
  Fields(Problems problems, Section section, String path, YamlNode node) {
    this(problems, Environment.NONE, section, path, node);
  }

  /**
   * @param node null or a null node: nothing is set here
   */
  private Fields(
      Problems problems, Environment environment, Section section, String path, YamlNode node) {
    this.problems = problems;
    this.environment = environment;
    this.section = section;
    this.path = path;
    this.place = node == null ? Place.TOP : node.place();
    if (node == null || node.isNull()) {
      return;
    }
    if (node.target() instanceof Mapping mapping) {
      mapping.entries().forEach(this::take);
    } else {
      String example = section.keys().isEmpty() ? "name" : section.keys().get(0);
      problem("", "must hold keys with values, such as '" + example + ": …'");
    }
  }

  private void take(Entry entry) {
    String key = entry.name();
    List<String> known = section.keys();
    if (!known.isEmpty() && !known.contains(key)) {
      String hint = Nearest.hint(key, known);
      String list = hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint;
      problems.add(
          entry.key().place(), path(shown(key)), "unknown key " + Problems.quote(key) + list);
      return;
    }
    Entry first = entries.putIfAbsent(key, entry);
    if (first != null) {
      String line = "it stands in line " + first.key().place().line() + " already";
      problems.add(entry.key().place(), path(shown(key)), "set twice: " + line);
    }
  }

  private static String shown(String key) {
    String quoted = Problems.quote(key);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The keys that are there, in the order of the file; those without a value too. */
  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The path of a key of this mapping. */
  String path(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  /** Says that a key's value does not fit; the empty key means the whole mapping. */
  void problem(String key, String message) {
    Entry entry = entries.get(key);
    Place at = entry == null ? place : entry.value().place();
    problems.add(at, path(key), message);
  }

  /** Says that a key's name does not fit. */
  void nameProblem(String key, String message) {
    problems.add(entries.get(key).key().place(), path(shown(key)), message);
  }

  /** The mapping below a key; without keys when it is not there. */
  Fields below(String key) {
    return below.computeIfAbsent(
        key, k -> new Fields(problems, section.below(k), path(k), node(k).orElse(null)));
  }

  /** The node of a key that has a value. */
  Optional<YamlNode> node(String key) {
    Entry entry = entries.get(key);
    return entry == null || entry.value().isNull() ? Optional.empty() : Optional.of(entry.value());
  }

  /** The value of a field, where this is the beginning of the scope. */
  <T> Optional<T> value(Field<T> field, Scope scope) {
    return value(field, scope, Function.identity());
  }

  /**
   * The value of a field.
   *
   * @param then goes on with what the field's own parser read
   */
  <T, R> Optional<R> value(Field<T> field, Scope scope, Function<T, R> then) {
    Function<String, R> parser = field.kind().parser().andThen(then);
    Optional<String> forced = forced(scope, () -> environment.value(field));
    return forced.isPresent()
        ? forced(field, forced.get(), parser)
        : above(field, scope).value(last(field, scope), parser);
  }

  /** The items of a field that is a list. */
  <T, R> Optional<List<R>> list(Field<T> field, Scope scope, Function<T, R> then) {
    Function<String, R> parser = field.kind().parser().andThen(then);
    Optional<List<String>> forced = forced(scope, () -> environment.items(field));
    return forced.isPresent()
        ? Optional.of(
            forced.get().stream().flatMap(item -> forced(field, item, parser).stream()).toList())
        : above(field, scope).list(last(field, scope), parser);
  }

  /** Whether something is written for a field, fitting or not. */
  boolean has(Field<?> field, Scope scope) {
    return above(field, scope).node(last(field, scope)).isPresent();
  }

  private static <T> Optional<T> forced(Scope scope, Supplier<Optional<T>> value) {
    return scope == Scope.GLOBAL ? value.get() : Optional.empty();
  }

  private <R> Optional<R> forced(Field<?> field, String text, Function<String, R> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      String variable = Environment.variable(field);
      problems.add(Place.TOP, field.key(), variable + " in the environment: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Fields above(Field<?> field, Scope scope) {
    String[] keys = field.path(scope).split("\\.");
    Fields at = this;
    for (String key : List.of(keys).subList(0, keys.length - 1)) {
      at = at.below(key);
    }
    return at;
  }

  private static String last(Field<?> field, Scope scope) {
    String path = field.path(scope);
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * The value of a key.
   *
   * @param parser throws IllegalArgumentException with the sentence for the user
   */
  <T> Optional<T> value(String key, Function<String, T> parser) {
    return node(key).flatMap(node -> parse(node, path(key), parser));
  }

  /** A list of values, those that fit; an empty list where the list is empty. */
  <T> Optional<List<T>> list(String key, Function<String, T> parser) {
    return items(key).map(items -> parseAll(path(key), items, parser));
  }

  /** The nodes of a list. */
  Optional<List<YamlNode>> items(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isPresent() && !(node.get().target() instanceof Sequence)) {
      problem(key, "must be a list, such as [a, b]");
      return Optional.empty();
    }
    return node.map(found -> ((Sequence) found.target()).items());
  }

  private <T> List<T> parseAll(String at, List<YamlNode> items, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      parse(items.get(i), at + "[" + i + "]", parser).ifPresent(values::add);
    }
    return values;
  }

  private <T> Optional<T> parse(YamlNode node, String at, Function<String, T> parser) {
    if (node.isNull() || !(node.target() instanceof Scalar scalar)) {
      String what = node.isNull() ? "is empty" : "must be one value, not a list or a mapping";
      problems.add(node.place(), at, what);
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(scalar.value()));
    } catch (IllegalArgumentException e) {
      problems.add(node.place(), at, e.getMessage());
      return Optional.empty();
    }
  }
}
