package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSchemaTest {
  private static final JsonNode SCHEMA = SettingsSchema.schema();

  @Test
  void holdsExactlyTheKeysOfTheReader() {
    TreeSet<String> found = new TreeSet<>();
    collect(SCHEMA, "", found);
    assertEquals(new TreeSet<>(Section.paths()), found);
    assertFalse(SCHEMA.get("additionalProperties").asBoolean(true), "other keys are mistakes");
  }

  private static void collect(JsonNode node, String path, TreeSet<String> into) {
    JsonNode entry = node.at("/items/anyOf/1");
    JsonNode names = node.path("additionalProperties");
    if (!entry.isMissingNode()) {
      collect(entry, path + "[]", into);
    } else if (names.isObject()) {
      collect(names, path + ".*", into);
    } else if (node.has("properties")) {
      node.get("properties")
          .properties()
          .forEach(
              each ->
                  collect(
                      each.getValue(),
                      path.isEmpty() ? each.getKey() : path + "." + each.getKey(),
                      into));
    } else {
      into.add(path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1s", "90s", "1h30m", "1d12h", "250ms", "off", "", "1", "1x", "1m1h", "s"})
  void agreesWithTheReaderOnDurations(String text) {
    assertEquals(reads(text, FieldTable.TRASH), fits("/properties/storage/properties/trash", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "500MB", "2GiB", "3 GB", "7B", "off", "", "MB", "1XB", "1.5GB"})
  void agreesWithTheReaderOnSizes(String text) {
    assertEquals(
        reads(text, FieldTable.SPLIT_SIZE),
        fits("/properties/recordings/properties/split/properties/size", text));
  }

  @Test
  void saysTheBoundsOfNumbersAndTheWordsOfChoices() {
    assertEquals(65535, SCHEMA.at("/properties/server/properties/port/maximum").asInt());
    JsonNode room = SCHEMA.at("/properties/rooms/items/anyOf/1");
    assertTrue(room.at("/properties/mode/enum").toString().contains("notify"));
    assertEquals("link", room.at("/required/0").asText());
  }

  private static boolean fits(String pointer, String text) {
    return Pattern.compile(SCHEMA.at(pointer).get("pattern").asText()).matcher(text).find();
  }

  private static boolean reads(String text, Field<?> field) {
    try {
      field.kind().parser().apply(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
