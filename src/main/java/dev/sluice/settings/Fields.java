package dev.sluice.settings;

import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One mapping of the file, read key by key; what is wrong goes to the problems. */
final class Fields {
  private final Problems problems;
  private final Section section;
  private final String path;
  private final Place place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param node null or a null node: nothing is set here
   */
  Fields(Problems problems, Section section, String path, YamlNode node) {
    this.problems = problems;
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
    Section below = section.below(key);
    return new Fields(problems, below, path(key), node(key).orElse(null));
  }

  /** The node of a key that has a value. */
  Optional<YamlNode> node(String key) {
    Entry entry = entries.get(key);
    return entry == null || entry.value().isNull() ? Optional.empty() : Optional.of(entry.value());
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
