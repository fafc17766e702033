package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsPatchTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);
  private static final String TEXT =
      """
      # mine
      monitor:
        every: 5s # often
      targets:
        nas: {dir: /n} # the big one
        usb: {dir: /u}
      platforms:
        direct:
          headers:
            X.A: "1"
            Authorization: topsecret
      rooms:
        - link: a
          record: false
      """;

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static String patched(Scope scope, List<String> above, String values) throws Exception {
    return WRITER.write(TEXT, FieldsPatch.changes(scope, above, json(values))).text();
  }

  @Test
  void changesTheWholeAndKeepsComments() throws Exception {
    String values =
        "{'monitor.every': '7s', 'recordings.split.size': '2GiB', 'server.names': ['a.example'],"
            + " 'targets.usb': null, 'targets.nas.dir': '/m', 'targets.new.dir': '/x',"
            + " 'webhooks.chat.url': 'https://h.example/x', 'webhooks.chat.events': []}";
    String text = patched(Scope.GLOBAL, List.of(), values);
    Settings settings = READER.read(text);
    assertTrue(text.startsWith("# mine\nmonitor:\n  every: 7s # often\n"), text);
    assertTrue(text.contains("dir: /m} # the big one"), text);
    assertEquals(List.of("nas", "new"), settings.targets().keySet().stream().sorted().toList());
    assertEquals(List.of("a.example"), settings.server().names());
    assertEquals("https://h.example/x", settings.webhooks().get("chat").url().toString());
  }

  @Test
  void changesHeadersOfAPlatformByTheirNames() throws Exception {
    String values = "{'headers.X.A': null, 'headers.X-B': '2'}";
    String text = patched(Scope.PLATFORM, List.of("platforms", "direct"), values);
    var headers = READER.read(text).platforms().get("direct").connection().headers();
    assertEquals(List.of("Authorization", "X-B"), headers.keySet().stream().sorted().toList());
    assertEquals("topsecret", headers.get("Authorization"));
  }

  @Test
  void aModeTakesThePlaceOfTheOldForm() throws Exception {
    String text = WRITER.write(TEXT, FieldsPatch.roomChanges(0, json("{'mode': 'notify'}"))).text();
    assertTrue(text.contains("    mode: notify\n"), text);
    assertFalse(text.contains("record"), text);
    String back = WRITER.write(text, FieldsPatch.roomChanges(0, json("{'mode': null}"))).text();
    assertFalse(back.contains("mode"), back);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'monitor.evry': '1s'}",
        "{'monitor': {'every': '1s'}}",
        "{'monitor.every': {'a': 'b'}}",
        "{'monitor.every': [1]}",
        "{'rooms': []}",
        "{'platforms.direct.cookie': 'x'}",
        "{'targets.nas.cookie': 'x'}",
        "{'targets..dir': 'x'}",
        "{'targets': null}",
        "{'': '1'}"
      })
  void refusesWhatIsNoFieldOfTheScope(String values) {
    assertThrows(ChangeException.class, () -> patched(Scope.GLOBAL, List.of(), values));
  }

  @Test
  void refusesSecrets() {
    for (String values :
        List.of(
            "{'cookie': 'topsecret'}",
            "{'headers.Authorization': '•••'}",
            "{'proxy': 'http://•••@other:1'}",
            "{'headers.Cookie': 'topsecret'}",
            "{'proxy': 'http://u:topsecret@h:1'}")) {
      ChangeException e =
          assertThrows(
              ChangeException.class,
              () -> patched(Scope.PLATFORM, List.of("platforms", "direct"), values));
      assertFalse(e.getMessage().contains("topsecret"));
    }
  }

  @Test
  void saysMistakesByThePathsThatWereSent() throws Exception {
    ObjectNode values =
        json("{'targets.nas': null, 'monitor.every': '1ms', 'server.names': ['a:b']}");
    String text = TEXT.replace("  - link: a", "  - link: a\n    targets: [nas]");
    SettingsException e =
        assertThrows(
            SettingsException.class,
            () -> WRITER.write(text, FieldsPatch.changes(Scope.GLOBAL, List.of(), values)));
    assertEquals(
        List.of("monitor.every", "rooms[0].targets[0]", "server.names"),
        FieldsPatch.mistakes(e, values).stream().map(Mistake::path).sorted().toList());
  }
}
