package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.YamlNode.Alias;
import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import java.util.List;

/**
 * What a text says, apart from how it is written: the writer compares this before and after a
 * splice, so a splice that says anything else than what was asked is never accepted. Scalars are
 * texts here; keys without a value, and empty mappings, say nothing and are left out.
 */
final class TreeJson {
  private static final int MAX_NODES = 400_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private int nodes;

  private TreeJson() {}

  /** What the node says; empty nodes say an empty mapping. */
  static ObjectNode of(YamlNode root) {
    JsonNode said = root == null ? NullNode.getInstance() : new TreeJson().said(root);
    return said instanceof ObjectNode object ? object : JSON.objectNode();
  }

  /** The same form for a value of a change. */
  static JsonNode normal(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode out = JSON.objectNode();
      object.properties().forEach(field -> put(out, field.getKey(), normal(field.getValue())));
      return out;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode out = JSON.arrayNode();
      array.forEach(item -> out.add(normal(item)));
      return out;
    }
    return value.isNull() ? value : JSON.textNode(value.asText());
  }

  /** Sets a value at a path, as the splice is to do it in the text. */
  static void set(ObjectNode said, List<String> path, JsonNode value) {
    ObjectNode parent = said;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = parent.get(key) instanceof ObjectNode below ? below : parent.putObject(key);
    }
    put(parent, path.get(path.size() - 1), normal(value));
  }

  /** Takes out what stands at a path. */
  static void remove(ObjectNode said, List<String> path) {
    JsonNode parent = said;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = parent.path(key);
    }
    if (parent instanceof ObjectNode fields) {
      fields.remove(path.get(path.size() - 1));
    }
  }

  /** Puts a value unless it says nothing. */
  private static void put(ObjectNode into, String key, JsonNode value) {
    if (value.isNull() || value.isObject() && value.isEmpty()) {
      into.remove(key);
    } else {
      into.set(key, value);
    }
  }

  private JsonNode said(YamlNode node) {
    if (++nodes > MAX_NODES) {
      throw new ChangeException("the file's aliases stand for too many values");
    }
    if (node instanceof Alias) {
      return said(node.target());
    }
    if (node instanceof Mapping mapping) {
      ObjectNode out = JSON.objectNode();
      for (Entry entry : mapping.entries()) {
        put(out, entry.name(), said(entry.value()));
      }
      return out;
    }
    if (node instanceof Sequence sequence) {
      ArrayNode out = JSON.arrayNode();
      sequence.items().forEach(item -> out.add(said(item)));
      return out;
    }
    return node.isNull() ? NullNode.getInstance() : JSON.textNode(((Scalar) node).value());
  }
}
