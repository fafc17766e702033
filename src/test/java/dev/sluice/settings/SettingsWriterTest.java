package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsWriterTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b",
        "a #b",
        "#",
        "'",
        "\"",
        "\\",
        "- a",
        "-",
        "yes",
        "No",
        "true",
        "null",
        "~",
        "123",
        "0x1F",
        "1e3",
        "12:30",
        "1_000",
        ".5",
        "[a]",
        "{a}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "| a",
        "> a",
        "? a",
        ": a",
        "a:",
        " a ",
        "---",
        "...",
        "😀 直播 – 第一",
        "a\u2028b",
        "a\u00A0b",
        "\uFEFFa",
        "\uFFFEa",
        "a\u200Bb",
        "a\\nb",
        "<<",
        "=",
        "2026-01-01",
        "http://h/a?b=c#d",
        "a\u202Eb",
        "{name}/{start:yyyy} {title}"
      })
  void hostileTextsComeBack(String text) throws Exception {
    for (String file : List.of("rooms:\n  - a\n", "rooms: [a]\n", "rooms: [{link: a, name: b}]")) {
      SettingsWriter.Written written = WRITER.write(file, List.of(room(0, "name", text)));
      assertEquals(text, written.settings().rooms().get(0).name().orElseThrow());
    }
    SettingsWriter.Written added = WRITER.write("", List.of(new Change.AddRoom(json(text))));
    assertEquals(text, added.settings().rooms().get(0).link());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nrooms: []", "a\u0000", "a\u001Bb", "a\uD800", ""})
  void refusesTextsThatAreNoLine(String text) {
    assertThrows(
        SettingsException.class, () -> WRITER.write("rooms: [a]", List.of(room(0, "name", text))));
  }

  @Test
  void makesManyChangesInOrder() throws Exception {
    List<Change> changes =
        List.of(
            new Change.AddRoom(json("a")),
            new Change.AddRoom(json(java.util.Map.of("link", "b", "record", false))),
            new Change.RemoveRoom(0),
            room(0, "name", "n"),
            set("targets.nas.dir", "/n"),
            room(0, "targets", List.of("nas")));
    SettingsWriter.Written written = WRITER.write("# mine\n", changes);
    Settings.RoomEntry room = written.settings().rooms().get(0);
    assertEquals("b", room.link());
    assertEquals(List.of("nas"), room.own().targets().orElseThrow());
    assertTrue(written.text().startsWith("# mine\nrooms:\n"), written.text());
  }

  @Test
  void refusesAValueThatDoesNotFitAndAKeyThatIsNotKnown() {
    SettingsException e =
        assertThrows(
            SettingsException.class,
            () -> WRITER.write("monitor:\n", List.of(set("monitor.every", "30"))));
    assertEquals("monitor.every", e.problems().get(0).key());
    assertThrows(
        SettingsException.class, () -> WRITER.write("", List.of(set("monitr.every", "30s"))));
  }

  @Test
  void refusesToWriteThroughAnAlias() {
    String text = "monitor: &m {every: 5s}\nrooms:\n- {link: a, monitor: *m}\n";
    ChangeException e =
        assertThrows(
            ChangeException.class,
            () -> WRITER.write(text, List.of(room(0, "monitor.every", "7s"))));
    assertTrue(e.getMessage().contains("alias"));
    // and never changes what an alias names on the way
    assertThrows(
        ChangeException.class, () -> WRITER.write(text, List.of(set("monitor.every", "7s"))));
  }

  @Test
  void refusesARoomThatIsNotThere() {
    for (Change change :
        List.of(new Change.RemoveRoom(1), room(1, "name", "n"), out(-1, "name"), out(1, "a.b"))) {
      assertThrows(ChangeException.class, () -> WRITER.write("rooms: [a]", List.of(change)));
    }
    for (String text : List.of("", "rooms:\n", "rooms: []")) {
      for (Change change : List.of(new Change.RemoveRoom(0), room(0, "name", "n"))) {
        assertThrows(ChangeException.class, () -> WRITER.write(text, List.of(change)));
      }
    }
  }

  @Test
  void refusesTooManyChanges() {
    List<Change> many = new ArrayList<>(Collections.nCopies(201, set("server.port", 1)));
    assertThrows(ChangeException.class, () -> WRITER.write("", many));
  }

  static Change set(String path, Object value) {
    return new Change.Set(List.of(path.split("\\.")), json(value));
  }

  static Change remove(String path) {
    return new Change.Remove(List.of(path.split("\\.")));
  }

  static Change add(String link) {
    return new Change.AddRoom(json(link));
  }

  static Change room(int room, String path, Object value) {
    return new Change.SetRoom(room, List.of(path.split("\\.")), json(value));
  }

  static Change out(int room, String path) {
    return new Change.RemoveRoomField(room, List.of(path.split("\\.")));
  }

  static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
