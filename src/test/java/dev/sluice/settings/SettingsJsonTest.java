package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));

  private static final String TEXT =
      """
      targets: {nas: {dir: /n}}
      platforms:
        direct:
          recordings: {split: {every: 90m, size: off}, targets: [nas]}
          headers: {Cookie: topsecret, authorization: topsecret, X-A: shown}
          proxy: socks5://user:topsecret@h:1
      rooms:
        - link: a
          cookie: topsecret
          targets: []
          monitor: {every: 5s}
      """;

  @Test
  void showsTheShapeOfTheFileWithDefaults() throws Exception {
    JsonNode json = SettingsJson.of(READER.read(TEXT));
    assertEquals(8080, json.at("/server/port").asInt());
    assertEquals("1h", json.at("/recordings/split/every").asText());
    assertEquals("off", json.at("/recordings/split/size").asText());
    assertEquals("nas", json.at("/recordings/targets/0").asText());
    assertEquals("1h30m", json.at("/platforms/direct/recordings/split/every").asText());
    assertEquals("off", json.at("/platforms/direct/recordings/split/size").asText());
    assertEquals("5s", json.at("/rooms/0/monitor/every").asText());
    assertEquals("[]", json.at("/rooms/0/targets").toString());
    assertEquals("/n", json.at("/targets/nas/dir").asText());
  }

  @Test
  void masksSecrets() throws Exception {
    JsonNode json = SettingsJson.of(READER.read(TEXT));
    assertFalse(json.toString().contains("topsecret"));
    assertEquals("•••", json.at("/platforms/direct/headers/Cookie").asText());
    assertEquals("•••", json.at("/platforms/direct/headers/authorization").asText());
    assertEquals("shown", json.at("/platforms/direct/headers/X-A").asText());
    assertEquals("socks5://•••@h:1", json.at("/platforms/direct/proxy").asText());
    assertEquals("•••", json.at("/rooms/0/cookie").asText());
    assertFalse(READER.read(TEXT).toString().contains("topsecret"));
  }

  @Test
  void whatIsShownReadsBackAsTheSame() throws Exception {
    String plain =
        TEXT.lines().filter(line -> !line.contains("topsecret")).reduce("", (a, b) -> a + b + "\n");
    Settings settings = READER.read(plain);
    Settings again =
        new SettingsWriter(READER)
            .write("", MergePatch.changes(SettingsJson.of(settings)))
            .settings();
    assertEquals(settings, again);
    assertEquals(List.of("a"), again.rooms().stream().map(Settings.RoomEntry::link).toList());
  }
}
