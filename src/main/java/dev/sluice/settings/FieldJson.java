package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.function.BiFunction;

/** A row of the field table, and values of it, as the API shows them. */
final class FieldJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FieldJson() {}

  /** What is known of a field without its values. */
  static ObjectNode about(Field<?> field, Scope scope) {
    Kind<?> kind = field.kind();
    ObjectNode json =
        JSON.objectNode()
            .put("key", field.key())
            .put("path", field.path(scope).replace(".*", ""))
            .put("group", field.group())
            .put("type", kind.type().word())
            .put("list", field.list())
            .put("map", field.isMap())
            .put("off", kind.off())
            .put("least", kind.least().orElse(null))
            .put("most", kind.most().orElse(null));
    ArrayNode choices = json.putArray("choices");
    kind.choices().forEach(choices::add);
    json.put("level", field.level().word()).put("when", field.when().word());
    json.put("secret", field == FieldTable.COOKIE);
    json.set("label", texts(field, FieldTexts::label));
    json.set("help", texts(field, FieldTexts::help));
    return json;
  }

  private static ObjectNode texts(Field<?> field, BiFunction<String, Field<?>, String> text) {
    ObjectNode json = JSON.objectNode();
    FieldTexts.LANGUAGES.forEach(language -> json.put(language, text.apply(language, field)));
    return json;
  }

  /** A value with what is secret in it masked; null where there is none. */
  static JsonNode shown(Field<?> field, JsonNode value) {
    if (value.isMissingNode()) {
      return NullNode.getInstance();
    }
    if (field == FieldTable.COOKIE) {
      return TextNode.valueOf(Secrets.MASK);
    }
    if (field.isMap()) {
      ObjectNode masked = JSON.objectNode();
      value
          .properties()
          .forEach(
              each ->
                  masked.set(
                      each.getKey(),
                      Secrets.isSecretHeader(each.getKey())
                          ? TextNode.valueOf(Secrets.MASK)
                          : each.getValue()));
      return masked;
    }
    if (field == FieldTable.PROXY) {
      return TextNode.valueOf(Secrets.masked(URI.create(value.asText())));
    }
    return field == FieldTable.WEBHOOK_URL
        ? TextNode.valueOf(Secrets.hostOnly(URI.create(value.asText())))
        : value;
  }

  /** Whether two values mean the same, also where they are written in two ways. */
  static boolean same(Field<?> field, JsonNode a, JsonNode b) {
    if (a.equals(b)) {
      return true;
    }
    boolean plain = a.isTextual() && b.isTextual();
    return plain && read(field, a).equals(read(field, b));
  }

  private static Object read(Field<?> field, JsonNode value) {
    return field.kind().parser().apply(value.asText());
  }
}
