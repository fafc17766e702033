package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
          mode: notify
          monitor: {every: 5s}
          keep: {for: off, size: 20GB}
      server: {names: [NAS.example], trusted_proxies: [10.0.0.0/8]}
      storage: {reserve: 0, trash: off, keep: {for: 30d, size: 2TB}}
      webhooks:
        chat: {url: 'https://hook.example:444/topsecret', private: true, events: [recording.ended]}
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
    assertEquals("notify", json.at("/rooms/0/mode").asText());
    assertEquals("{\"for\":\"off\",\"size\":\"20GB\"}", json.at("/rooms/0/keep").toString());
    assertEquals("[\"nas.example\"]", json.at("/server/names").toString());
    assertEquals("[\"10.0.0.0/8\"]", json.at("/server/trusted_proxies").toString());
    assertEquals(
        "{\"reserve\":\"0\",\"trash\":\"0s\",\"keep\":{\"for\":\"30d\",\"size\":\"2TB\"}}",
        json.at("/storage").toString());
    assertEquals("[\"recording.ended\"]", json.at("/webhooks/chat/events").toString());
    assertTrue(json.at("/webhooks/chat/private").asBoolean());
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
    assertEquals("https://hook.example:444/•••", json.at("/webhooks/chat/url").asText());
    assertFalse(READER.read(TEXT).toString().contains("topsecret"));
  }

  @Test
  void whatIsShownReadsBackAsTheSame() throws Exception {
    String plain =
        TEXT.lines()
            .filter(line -> !line.contains("topsecret") && !line.equals("webhooks:"))
            .reduce("", (a, b) -> a + b + "\n");
    Settings settings = READER.read(plain);
    Settings again =
        new SettingsWriter(READER)
            .write("", MergePatch.changes(SettingsJson.of(settings)))
            .settings();
    assertEquals(settings, again);
    assertEquals(List.of("a"), again.rooms().stream().map(Settings.RoomEntry::link).toList());
  }
}
