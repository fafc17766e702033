package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example file shows every key there is, and every line of it works. */
class ExampleFileTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("sluice.home", "."), "conf", "sluice.yaml");

  @TempDir Path data;
  private SettingsReader reader;
  private String example;

  @BeforeEach
  void load() throws Exception {
    reader = new SettingsReader(data);
    example = Files.readString(EXAMPLE);
    Files.writeString(data.resolve("cookie.txt"), "a=b\n");
    Files.writeString(data.resolve("webhook.txt"), "a key\n");
  }

  @Test
  void asItIsItMeansTheDefaults() throws Exception {
    assertEquals(reader.read(""), reader.read(example));
  }

  @Test
  void switchedOnEveryLineParses() throws Exception {
    Settings settings = reader.read(switchedOn());
    assertEquals(4, settings.rooms().size());
    assertEquals(Set.of("direct", "bilibili"), settings.platforms().keySet());
    Settings defaults = reader.read("targets: {nas: {dir: /mnt/nas/recordings}}");
    assertEquals(defaults.server().host(), settings.server().host());
    assertEquals(defaults.server().port(), settings.server().port());
    assertEquals(defaults.storage(), settings.storage());
    assertEquals(defaults.global(), settings.global(), "the values shown are the defaults");
  }

  @Test
  void showsExactlyTheKeysOfTheReader() throws Exception {
    Set<String> shown = new TreeSet<>();
    collect(TreeJson.of(YamlTree.parse(switchedOn()).orElseThrow()), Section.ROOT, "", shown);
    assertEquals(new TreeSet<>(Section.paths()), shown);
    assertTrue(shown.contains("platforms.*.headers.*"), "the list itself is complete");
    assertTrue(shown.contains("rooms[].recordings.split.size"));
  }

  private String switchedOn() {
    return example.replaceAll("(?m)^( *)#(?=\\S)", "$1");
  }

  private static void collect(JsonNode node, Section section, String path, Set<String> into) {
    if (node.isArray()) {
      node.forEach(item -> collect(item, section, path, into));
      return;
    }
    for (var field : node.properties()) {
      String key = section.keys().isEmpty() ? "*" : field.getKey();
      Section below = section.below(field.getKey());
      if (below == null) {
        into.add(path + key);
      } else {
        String list = below == Section.ROOM ? "[]." : ".";
        collect(field.getValue(), below, path + key + list, into);
      }
    }
  }
}
