package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table is whole, and what is made from it is up to date. {@code -Dsluice.write=true} writes
 * the example file, the lists and the schema anew.
 */
class FieldTableTest {
  private static final Path HOME = Path.of(System.getProperty("sluice.home", "."));

  @Test
  void everyFieldHasItsTextsInBothLanguagesAndNoTextIsLeftOver() {
    Set<String> wanted = new TreeSet<>();
    for (Field<?> field : FieldTable.fields()) {
      wanted.add(field.key());
      wanted.add(field.key() + ".help");
      wanted.add("group." + field.group());
    }
    wanted.add("group.platforms");
    wanted.add("group.rooms");
    for (String language : FieldTexts.LANGUAGES) {
      assertEquals(wanted, new TreeSet<>(FieldTexts.all(language).keySet()), language);
      assertFalse(FieldTexts.all(language).containsValue(""), language);
    }
  }

  @Test
  void keysAreUniqueAndDefaultsFit() {
    Set<String> keys = new HashSet<>();
    for (Field<?> field : FieldTable.fields()) {
      assertTrue(keys.add(field.key()), field.key());
      if (field.initial().isPresent()) {
        field.initially();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conf/sluice.yaml, example",
    "docs/settings.md, en",
    "docs/settings.zh-CN.md, zh",
    "docs/sluice.schema.json, schema"
  })
  void whatIsMadeFromTheTableIsUpToDate(String file, String what) throws Exception {
    Path path = HOME.resolve(file);
    String made =
        switch (what) {
          case "example" -> Paper.example();
          case "schema" -> SettingsSchema.text();
          default -> Paper.list(what);
        };
    if (Boolean.getBoolean("sluice.write")) {
      Files.writeString(path, made);
    }
    assertEquals(made, Files.readString(path), "run this test with -Dsluice.write=true");
  }
}
