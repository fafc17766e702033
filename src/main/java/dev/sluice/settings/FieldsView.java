package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.Levels.Level;
import dev.sluice.settings.Levels.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fields of a level with their values, where each comes from, and which rooms differ: what the
 * settings pages are made of. Secrets are masked. Stateless; parses the whole text.
 */
public final class FieldsView {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int DIFFER_SHOWN = 100;

  private final Levels levels;
  private final List<Room> rooms;

  private FieldsView(Levels levels, List<Room> rooms) {
    this.levels = levels;
    this.rooms = rooms;
  }

  /**
   * A room of the file.
   *
   * @param id public id
   * @param index position of its first entry in {@code rooms}, from 0
   */
  public record Room(String id, String platform, int index) {}

  /**
   * Whose fields are wanted.
   *
   * @param platform name; empty: not a platform's
   * @param room public id; empty: not a room's
   */
  public record Wanted(Optional<String> platform, Optional<String> room) {}

  /**
   * The fields of the whole, of a platform or of a room; empty where there is no such room.
   *
   * @param text of a settings file without mistakes
   */
  public static Optional<ObjectNode> of(
      String text, Environment environment, List<Room> rooms, Wanted wanted)
      throws SettingsException {
    FieldsView view = new FieldsView(new Levels(text, environment), rooms);
    if (wanted.room().isPresent()) {
      return rooms.stream()
          .filter(room -> room.id().equals(wanted.room().get()))
          .findFirst()
          .map(room -> view.json(room.id(), view.levels(room), List.of()));
    }
    if (wanted.platform().isPresent()) {
      String name = wanted.platform().get();
      List<Room> below = rooms.stream().filter(room -> room.platform().equals(name)).toList();
      return Optional.of(view.json(name, view.levels.platform(name), below));
    }
    return Optional.of(view.whole());
  }

  private List<Level> levels(Room room) {
    return levels.room(room.index(), room.platform());
  }

  private ObjectNode whole() {
    ObjectNode json = json("", levels.global(), rooms);
    ArrayNode platforms = json.putArray("platforms");
    TreeSet<String> names = new TreeSet<>();
    levels.named("platforms").fieldNames().forEachRemaining(names::add);
    rooms.forEach(room -> names.add(room.platform()));
    names.forEach(platforms::add);
    json.set("targets", named("targets", Scope.TARGET));
    json.set("webhooks", named("webhooks", Scope.WEBHOOK));
    return json;
  }

  private ObjectNode json(String id, List<Level> chain, List<Room> below) {
    Scope scope = chain.get(0).scope();
    ObjectNode json = JSON.objectNode().put("scope", scope.word()).put("id", id);
    if (scope == Scope.ROOM) {
      json.put(
          "platform", rooms.stream().filter(r -> r.id().equals(id)).findFirst().get().platform());
    }
    ArrayNode targets = json.putArray("target_names");
    levels.named("targets").fieldNames().forEachRemaining(targets::add);
    ArrayNode fields = json.putArray("fields");
    for (Field<?> field : FieldTable.fields(scope)) {
      if (isShown(field, chain)) {
        fields.add(field(field, chain, below));
      }
    }
    return json;
  }

  /** A link is no setting; old forms and secrets are shown only where they stand. */
  private boolean isShown(Field<?> field, List<Level> chain) {
    if (field == FieldTable.LINK || field == FieldTable.RECORD) {
      return false;
    }
    return field != FieldTable.COOKIE || !levels.effective(field, chain).value().isMissingNode();
  }

  private ObjectNode field(Field<?> field, List<Level> chain, List<Room> below) {
    ObjectNode json = FieldJson.about(field, chain.get(0).scope());
    Value value = levels.effective(field, chain);
    Value inherited = levels.effective(field, chain.subList(1, chain.size()));
    boolean forced = levels.isForced(field);
    boolean locked = forced && chain.get(0).scope() == Scope.GLOBAL;
    json.set("value", FieldJson.shown(field, value.value()));
    json.put("origin", value.origin());
    json.set(
        "own", FieldJson.shown(field, levels.own(field, chain.get(0)).orElse(JSON.missingNode())));
    json.set("inherited", FieldJson.shown(field, inherited.value()));
    json.put("inherited_origin", inherited.origin());
    json.put("locked", locked ? Environment.variable(field) : null);
    differ(json, field, value, field.isIn(Scope.ROOM) ? below : List.of());
    return json;
  }

  /** Which rooms below have another value; how many all of them are, and the first of them. */
  private void differ(ObjectNode json, Field<?> field, Value value, List<Room> below) {
    ArrayNode differ = json.putArray("differ");
    int count = 0;
    for (Room room : below) {
      Value own = levels.effective(field, levels(room));
      if (!FieldJson.same(field, own.value(), value.value()) && count++ < DIFFER_SHOWN) {
        differ.addObject().put("id", room.id()).set("value", FieldJson.shown(field, own.value()));
      }
    }
    json.put("differ_count", count);
  }

  /** Entries that the user gave names to, with what may be set in each. */
  private ObjectNode named(String key, Scope scope) {
    ObjectNode json = JSON.objectNode();
    ArrayNode fields = json.putArray("fields");
    FieldTable.fields(scope).forEach(field -> fields.add(FieldJson.about(field, scope)));
    ObjectNode entries = json.putObject("entries");
    levels
        .named(key)
        .properties()
        .forEach(
            entry -> {
              ObjectNode values = entries.putObject(entry.getKey());
              for (Field<?> field : FieldTable.fields(scope)) {
                JsonNode value = entry.getValue().path(field.path(scope));
                if (!value.isMissingNode()) {
                  values.set(field.path(scope), FieldJson.shown(field, value));
                }
              }
            });
    return json;
  }
}
