package dev.sluice.settings;

import java.util.List;
import java.util.Optional;

/** A node of a parsed YAML text that knows where it stands. */
sealed interface YamlNode {
  Place place();

  /** The node that is meant: itself, or what an alias names. */
  default YamlNode target() {
    return this;
  }

  /** Nothing is written here: {@code key:}, {@code ~} or {@code null}. */
  default boolean isNull() {
    return target() instanceof Scalar scalar && scalar.style() == Style.NULL;
  }

  /** How a scalar is written. */
  enum Style {
    NULL,
    PLAIN,
    QUOTED,
    BLOCK
  }

  record Scalar(Place place, String value, Style style) implements YamlNode {}

  record Entry(YamlNode key, YamlNode value) {
    String name() {
      return ((Scalar) key).value();
    }

    int end() {
      return Math.max(key.place().end(), value.place().end());
    }
  }

  /** Keys are scalars; a key may stand more than once. */
  record Mapping(Place place, boolean flow, List<Entry> entries) implements YamlNode {
    Optional<Entry> entry(String name) {
      return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
  }

  record Sequence(Place place, boolean flow, List<YamlNode> items) implements YamlNode {}

  record Alias(Place place, YamlNode node) implements YamlNode {
    @Override
    public YamlNode target() {
      return node.target();
    }
  }
}
