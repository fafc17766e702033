package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.room.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a settings file says on each level, as it is written there: the whole, a platform, a room.
 * Not secret-free.
 */
final class Levels {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode root;
  private final Environment environment;

  /**
   * @param text of a settings file without mistakes
   */
  Levels(String text, Environment environment) throws SettingsException {
    this.root = TreeJson.of(YamlTree.parse(text).orElse(null));
    this.environment = environment;
  }

  /** One level: what stands there goes over the levels behind it. */
  record Level(Scope scope, JsonNode base) {}

  /**
   * A value and where it comes from.
   *
   * @param value a text, a list of texts or a mapping; missing where there is none
   * @param origin {@code default, global, platform, room} or {@code environment}
   */
  record Value(JsonNode value, String origin) {}

  /** The whole alone. */
  List<Level> global() {
    return List.of(new Level(Scope.GLOBAL, root));
  }

  /** A platform over the whole. */
  List<Level> platform(String name) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level(Scope.PLATFORM, root.path("platforms").path(name)));
    levels.addAll(global());
    return levels;
  }

  /**
   * A room over its platform and the whole.
   *
   * @param index position in {@code rooms}, from 0
   */
  List<Level> room(int index, String platform) {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level(Scope.ROOM, root.path("rooms").path(index)));
    levels.addAll(platform(platform));
    return levels;
  }

  /** The entries below {@code targets} or {@code webhooks}. */
  JsonNode named(String key) {
    return root.path(key);
  }

  /** What holds on the first of the levels. */
  Value effective(Field<?> field, List<Level> levels) {
    if (field.isMap()) {
      return merged(field, levels);
    }
    for (Level level : levels) {
      Optional<JsonNode> own = own(field, level);
      if (own.isPresent()) {
        boolean forced = level.scope() == Scope.GLOBAL && isForced(field);
        return new Value(own.get(), forced ? "environment" : level.scope().word());
      }
    }
    return new Value(initial(field), "default");
  }

  /** Headers of a lower level are put over those above by their names. */
  private Value merged(Field<?> field, List<Level> levels) {
    ObjectNode all = JSON.objectNode();
    String origin = "default";
    for (int i = levels.size() - 1; i >= 0; i--) {
      Optional<JsonNode> own = own(field, levels.get(i));
      if (own.isPresent()) {
        own.get().properties().forEach(each -> put(all, each.getKey(), each.getValue()));
        origin = levels.get(i).scope().word();
      }
    }
    return new Value(all, origin);
  }

  private static void put(ObjectNode all, String name, JsonNode value) {
    all.properties().removeIf(other -> other.getKey().equalsIgnoreCase(name));
    all.set(name, value);
  }

  /** What a level sets itself. */
  Optional<JsonNode> own(Field<?> field, Level level) {
    if (!field.isIn(level.scope())) {
      return Optional.empty();
    }
    if (level.scope() == Scope.GLOBAL && isForced(field)) {
      return Optional.of(forced(field));
    }
    JsonNode found = level.base();
    for (String key : field.path(level.scope()).replace(".*", "").split("\\.")) {
      found = found.path(key);
    }
    if (found.isMissingNode() && field == FieldTable.MODE) {
      found = modeOf(level.base().path("record"));
    }
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }

  /** A mode as it was written before there were modes. */
  private static JsonNode modeOf(JsonNode record) {
    if (record.isMissingNode()) {
      return record;
    }
    boolean on = record.asText().equalsIgnoreCase("true");
    return TextNode.valueOf((on ? Mode.RECORD : Mode.PAUSED).word());
  }

  /** Whether the environment sets it. */
  boolean isForced(Field<?> field) {
    return field.isIn(Scope.GLOBAL) && environment.value(field).isPresent();
  }

  private JsonNode forced(Field<?> field) {
    return field.list()
        ? texts(environment.items(field).orElseThrow())
        : TextNode.valueOf(environment.value(field).orElseThrow());
  }

  private JsonNode initial(Field<?> field) {
    if (field == FieldTable.TARGETS) {
      List<String> names = new ArrayList<>();
      root.path("targets").fieldNames().forEachRemaining(names::add);
      return texts(names);
    }
    if (field.list()) {
      return JSON.arrayNode();
    }
    return field.initial().<JsonNode>map(TextNode::valueOf).orElse(MissingNode.getInstance());
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = JSON.arrayNode();
    texts.forEach(list::add);
    return list;
  }
}
