package dev.sluice.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.Kind.Type;
import java.util.List;

/** The JSON Schema of the settings file, from the field table: for editors. */
public final class SettingsSchema {
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
  private static final String NAME = "^[a-z0-9][a-z0-9_-]{0,31}$";
  private static final String DURATION =
      "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
  private static final String SIZE = "^[0-9]+ ?([KkMmGgTt][Ii]?)?[Bb]?$";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SettingsSchema() {}

  /** The whole schema as text, with a line end at its end. */
  public static String text() {
    return schema().toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
  }

  /** The whole schema. */
  public static ObjectNode schema() {
    ObjectNode root = JSON.objectNode().put("$schema", DRAFT).put("title", "Sluice settings");
    object(root);
    scope(root, Scope.GLOBAL);
    scope(any(root, "targets", "targets"), Scope.TARGET);
    scope(any(root, "webhooks", "webhooks"), Scope.WEBHOOK);
    scope(any(root, "platforms", "platforms"), Scope.PLATFORM);
    rooms(property(root, "rooms"));
    return root;
  }

  private static void rooms(ObjectNode rooms) {
    rooms.put("description", FieldTexts.group("en", "rooms"));
    rooms.putArray("type").add("array").add("null");
    rooms.put("maxItems", SettingsReader.MAX_ROOMS);
    var forms = rooms.putObject("items").putArray("anyOf");
    forms.addObject().put("type", "string");
    ObjectNode entry = forms.addObject();
    object(entry);
    entry.put("type", "object");
    entry.putArray("required").add("link");
    scope(entry, Scope.ROOM);
  }

  /** The mapping below a key whose own keys are names of choice; what each of them holds. */
  private static ObjectNode any(ObjectNode root, String key, String group) {
    ObjectNode names = property(root, key);
    names.put("description", FieldTexts.group("en", group));
    names.putArray("type").add("object").add("null");
    names.putObject("propertyNames").put("pattern", NAME);
    ObjectNode entry = names.putObject("additionalProperties");
    object(entry);
    return entry;
  }

  private static void scope(ObjectNode root, Scope scope) {
    for (Field<?> field : FieldTable.fields(scope)) {
      ObjectNode at = root;
      List<String> keys = List.of(field.path(scope).split("\\."));
      for (String key : keys.subList(0, keys.size() - 1)) {
        at = property(at, key);
        if (!at.has("type")) {
          object(at);
        }
      }
      String last = keys.get(keys.size() - 1);
      ObjectNode value =
          last.equals("*") ? at.putObject("additionalProperties") : property(at, last);
      value.put("title", FieldTexts.label("en", field));
      value.put("description", FieldTexts.help("en", field));
      value(value, field);
    }
  }

  private static ObjectNode property(ObjectNode at, String key) {
    return at.withObject("/properties").withObject("/" + key);
  }

  private static void object(ObjectNode node) {
    node.putArray("type").add("object").add("null");
    node.put("additionalProperties", false);
  }

  private static void value(ObjectNode value, Field<?> field) {
    field.initial().ifPresent(text -> value.put("default", text));
    if (field.list()) {
      value.put("type", "array");
      single(value.putObject("items"), field.kind());
    } else {
      single(value, field.kind());
    }
  }

  private static void single(ObjectNode value, Kind<?> kind) {
    switch (kind.type()) {
      case SWITCH -> value.put("type", "boolean");
      case NUMBER -> {
        value.put("type", "integer");
        value.put("minimum", Integer.parseInt(kind.least().orElseThrow()));
        value.put("maximum", Integer.parseInt(kind.most().orElseThrow()));
      }
      case CHOICE, EVENT -> {
        var words = value.putArray("enum");
        kind.choices().forEach(words::add);
      }
      case DURATION -> pattern(value.put("type", "string"), DURATION, kind);
      case SIZE -> {
        value.putArray("type").add("string").add("integer");
        pattern(value, SIZE, kind);
      }
      default -> text(value, kind);
    }
  }

  private static void pattern(ObjectNode value, String pattern, Kind<?> kind) {
    value.put("pattern", kind.off() ? pattern + "|^off$" : pattern);
  }

  private static void text(ObjectNode value, Kind<?> kind) {
    boolean plain = kind.type() == Type.TEXT || kind.type() == Type.HEADER;
    if (plain) {
      // what looks like a number is a text to the reader
      value.putArray("type").add("string").add("number").add("boolean");
    } else {
      value.put("type", "string");
    }
    kind.most().ifPresent(most -> value.put("maxLength", Integer.parseInt(most)));
  }
}
