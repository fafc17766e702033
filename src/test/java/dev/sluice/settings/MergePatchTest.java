package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergePatchTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);

  private static String patched(String text, String patch) throws Exception {
    return WRITER.write(text, MergePatch.changes(json(patch))).text();
  }

  @Test
  void setsAndTakesOut() throws Exception {
    String text = "monitor:\n  every: 5s # e\n  grace: 1s\n";
    String patch =
        "{'monitor': {'grace': null, 'every': '7s'}, 'server': {'port': 9},"
            + " 'targets': {'nas': {'dir': '/n'}}, 'recordings': {'targets': ['nas']}}";
    assertEquals(
        """
        monitor:
          every: 7s # e
        server:
          port: 9
        targets:
          nas:
            dir: /n
        recordings:
          targets: [nas]
        """
            .strip(),
        patched(text, patch).strip());
  }

  @Test
  void replacesTheRoomsAsAWhole() throws Exception {
    String text = "rooms:\n  - a\n";
    assertEquals(
        "rooms:\n  - link: b\n    record: false\n    monitor:\n      every: 5s\n  - link: c\n",
        patched(
            text,
            "{'rooms': [{'link': 'b', 'record': false, 'monitor': {'every': '5s'}},"
                + " {'link': 'c'}]}"));
    assertEquals("rooms: []\n", patched(text, "{'rooms': []}"));
    assertEquals("", patched(text, "{'rooms': null}"));
    assertThrows(SettingsException.class, () -> patched(text, "{'rooms': [{'name': 'x'}]}"));
    assertThrows(ChangeException.class, () -> patched(text, "{'rooms': {'0': null}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'platforms': {'direct': {'cookie': 'topsecret'}}}",
        "{'platforms': {'direct': {'headers': {'cOOkie': 'topsecret'}}}}",
        "{'platforms': {'direct': {'headers': {'Authorization': 'topsecret'}}}}",
        "{'platforms': {'direct': {'proxy': 'http://u:topsecret@h:1'}}}",
        "{'rooms': [{'link': 'a', 'cookie': 'topsecret'}]}",
        "{'rooms': [{'link': 'a', 'headers': {'Proxy-Authorization': 'topsecret'}}]}",
        "{'rooms': [{'link': 'a', 'cookie': '•••'}]}"
      })
  void refusesSecrets(String patch) {
    ChangeException e = assertThrows(ChangeException.class, () -> patched("", patch));
    assertTrue(e.getMessage().contains("cookie_file"), e.getMessage());
    assertFalse(e.getMessage().contains("topsecret"));
  }

  @Test
  void aMaskSentBackChangesNothing() throws Exception {
    String text =
        "platforms:\n  direct:\n    cookie: s\n    proxy: http://u:p@h:1\n"
            + "    headers: {Authorization: s, X-A: b}\n";
    JsonNode shown = SettingsJson.of(READER.read(text)).path("platforms").path("direct");
    assertFalse(shown.toString().contains("u:p"));
    String patch = "{'platforms': {'direct': " + shown + "}}";
    assertEquals(text, patched(text, patch));
  }

  @Test
  void theAddressOfAWebhookIsSetButItsMaskChangesNothing() throws Exception {
    String text = patched("", "{'webhooks': {'a': {'url': 'https://h.example/topsecret'}}}");
    assertTrue(text.contains("https://h.example/topsecret"));
    String shown = SettingsJson.of(READER.read(text)).get("webhooks").toString();
    assertFalse(shown.contains("topsecret"));
    assertTrue(patched(text, "{'webhooks': " + shown + "}").contains("topsecret"));
  }

  @Test
  void aSecretCanBeTakenOut() throws Exception {
    String text = "platforms:\n  direct:\n    cookie: s\n    referer: r\n";
    assertEquals(
        "platforms:\n  direct:\n    referer: r\n",
        patched(text, "{'platforms': {'direct': {'cookie': null}}}"));
  }

  @Test
  void refusesWhatIsNoPatchOrTooLarge() {
    assertThrows(ChangeException.class, () -> patched("", "[]"));
    String deep = "{'a':".repeat(50) + "1" + "}".repeat(50);
    assertThrows(ChangeException.class, () -> patched("", deep));
    String list = "{'recordings': {'targets': " + "[".repeat(50) + "]".repeat(50) + "}}";
    assertThrows(ChangeException.class, () -> patched("", list));
    StringBuilder wide = new StringBuilder("{'a':1");
    for (int i = 0; i < 300; i++) {
      wide.append(",'k").append(i).append("':1");
    }
    assertThrows(ChangeException.class, () -> patched("", wide + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'monitor': 'x'}",
        "{'monitor': {'every': ['1s']}}",
        "{'monitor': {'every': 30}}",
        "{'nothing': {'like': 'this'}}",
        "{'recordings': {'targets': [null]}}",
        "{'server': {'host': true, 'port': 1.5}}"
      })
  void aValueThatDoesNotFitSaysItsKey(String patch) {
    SettingsException e =
        assertThrows(SettingsException.class, () -> patched("monitor: {every: 5s}", patch));
    assertFalse(e.problems().get(0).key().isEmpty(), e.getMessage());
  }

  @Test
  void roomsFromOutsideAreCheckedToo() {
    MergePatch.refuseSecrets(json("{'link': 'http://u:p@h/'}"));
    assertThrows(ChangeException.class, () -> MergePatch.refuseSecrets(json("{'cookie': 's'}")));
    assertEquals(List.of(), MergePatch.changes(json("{}")));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
