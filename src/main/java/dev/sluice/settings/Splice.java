package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.settings.YamlNode.Alias;
import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import dev.sluice.settings.YamlNode.Style;
import java.util.List;
import java.util.Optional;

/**
 * One change to a YAML text, made at the marks of the node it concerns; everything else keeps its
 * bytes. A path holds keys (String) and positions (Integer). It trusts the text to be written in a
 * usual way: the writer proves each result.
 */
final class Splice {
  private final String text;
  private final YamlNode root;
  private final Edits edits;
  private final YamlText yaml;

  Splice(String text) throws SettingsException {
    this.text = text;
    this.root = YamlTree.parse(text).filter(node -> !node.isNull()).orElse(null);
    this.edits = new Edits(text);
    this.yaml = new YamlText(edits.lines().eol());
  }

  /** The text with a value set at the path; what is missing above it is made. */
  String set(List<Object> path, JsonNode value) {
    if (path.size() > 1 && path.get(1) instanceof Integer index) {
      item(below(root, path.get(0)), index);
    }
    if (root == null) {
      return appended(path, value);
    }
    YamlNode node = root;
    for (int i = 0; i < path.size(); i++) {
      JsonNode rest = nested(path.subList(i + 1, path.size()), value);
      if (path.get(i) instanceof Integer index) {
        node = item(node, index);
        continue;
      }
      Mapping mapping = mapping(node);
      Optional<Entry> entry = mapping.entry((String) path.get(i));
      if (entry.isEmpty()) {
        return edits.add(mapping, (String) path.get(i), rest);
      }
      node = entry.get().value();
      if (i == path.size() - 1 || isEmpty(node)) {
        return edits.replace(mapping, entry.get(), rest);
      }
    }
    throw ChangeException.byHand();
  }

  /** The text without what stands at the path; the same text when nothing does. */
  String remove(List<Object> path) {
    Object last = path.get(path.size() - 1);
    YamlNode parent = root;
    for (Object step : path.subList(0, path.size() - 1)) {
      parent = below(parent, step);
    }
    if (last instanceof Integer index) {
      item(parent, index);
      return edits.remove(sequence(parent), index);
    }
    if (parent == null || parent.isNull() || parent instanceof Scalar) {
      return text;
    }
    Mapping mapping = mapping(parent);
    return mapping.entry((String) last).map(entry -> edits.remove(mapping, entry)).orElse(text);
  }

  /** The text with one more item at the end of a top-level list. */
  String append(String key, JsonNode item) {
    JsonNode list = JsonNodeFactory.instance.arrayNode().add(item);
    YamlNode node = root == null ? null : below(root, key);
    if (node == null || isEmpty(node)) {
      return set(List.of(key), list);
    }
    return edits.append(sequence(node), item);
  }

  /** The text with a bare item of a top-level list turned into a mapping that holds it. */
  String expand(String list, int index, String key) {
    YamlNode parent = below(root, list);
    YamlNode item = item(parent, index);
    if (!(item instanceof Scalar scalar) || item.isNull()) {
      return text;
    }
    Place place = scalar.place();
    String written = text.substring(place.start(), place.end());
    boolean oneLine = scalar.style() != Style.BLOCK && !written.contains("\n");
    String pair = key + ": " + (oneLine ? written : YamlText.scalar(scalar.value()));
    boolean flow = sequence(parent).flow();
    return edits.replace(place.start(), place.end(), flow ? "{" + pair + "}" : pair);
  }

  private String appended(List<Object> path, JsonNode value) {
    JsonNode rest = nested(path.subList(1, path.size()), value);
    String lineEnd = text.isEmpty() || text.endsWith("\n") ? "" : edits.lines().eol();
    return text + lineEnd + yaml.entry((String) path.get(0), rest, "") + edits.lines().eol();
  }

  private static JsonNode nested(List<Object> path, JsonNode value) {
    JsonNode nested = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      if (path.get(i) instanceof String key) {
        nested = JsonNodeFactory.instance.objectNode().set(key, nested);
      }
    }
    return nested;
  }

  private static YamlNode below(YamlNode parent, Object step) {
    if (step instanceof Integer index) {
      return item(parent, index);
    }
    if (parent == null || parent.isNull() || parent instanceof Scalar) {
      return null;
    }
    return mapping(parent).entry((String) step).map(Entry::value).orElse(null);
  }

  private static boolean isEmpty(YamlNode node) {
    return node.isNull()
        || node instanceof Mapping mapping && mapping.entries().isEmpty()
        || node instanceof Sequence sequence && sequence.items().isEmpty();
  }

  private static YamlNode item(YamlNode node, int index) {
    List<YamlNode> items = node == null || node.isNull() ? List.of() : sequence(node).items();
    if (index < 0 || index >= items.size()) {
      throw new ChangeException("there is no entry number " + index + " in the list");
    }
    return items.get(index);
  }

  private static Mapping mapping(YamlNode node) {
    if (node instanceof Alias) {
      throw aliased();
    }
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    throw new ChangeException("line " + node.place().line() + " holds a value, not keys");
  }

  private static Sequence sequence(YamlNode node) {
    if (node instanceof Alias) {
      throw aliased();
    }
    if (node instanceof Sequence sequence) {
      return sequence;
    }
    throw new ChangeException("line " + node.place().line() + " holds no list");
  }

  private static ChangeException aliased() {
    return new ChangeException(
        "this value is written with an alias (*name), which stands for other places too;"
            + " change it with a text editor");
  }
}
