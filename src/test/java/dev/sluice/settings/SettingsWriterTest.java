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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsWriterTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);

  static Stream<Arguments> splices() {
    return Stream.of(
        // a value in place
        Arguments.of(
            "monitor:\n  every: 5s  # fast\n",
            set("monitor.every", "7s"),
            "monitor:\n  every: 7s  # fast\n"),
        Arguments.of(
            "monitor: {every: 5s, grace: 1m} # m\n",
            set("monitor.every", "7s"),
            "monitor: {every: 7s, grace: 1m} # m\n"),
        Arguments.of(
            "monitor:\n  every:   # fast\n    5s\n",
            set("monitor.every", "7s"),
            "monitor:\n  every:   # fast\n    7s\n"),
        Arguments.of(
            "monitor:\n  every: # fast\n  grace: 1s",
            set("monitor.every", "7s"),
            "monitor:\n  every: 7s # fast\n  grace: 1s"),
        Arguments.of(
            "recordings:\n  name: |-\n    a\n\n# end\n",
            set("recordings.name", "b"),
            "recordings:\n  name: b\n\n# end\n"),
        Arguments.of(
            "recordings:\n  name: 'a'\n",
            set("recordings.name", "b: #"),
            "recordings:\n  name: \"b: #\"\n"),
        Arguments.of(
            "targets:\n  a: {dir: /a}\nrecordings:\n  targets: # t\n    # first\n    - a\n",
            set("recordings.targets", List.of()),
            "targets:\n  a: {dir: /a}\nrecordings:\n  targets: [] # t\n"),
        // keys that are not there
        Arguments.of("", set("monitor.every", "7s"), "monitor:\n  every: 7s\n"),
        Arguments.of(
            "# only\n# comments",
            set("monitor.every", "7s"),
            "# only\n# comments\nmonitor:\n  every: 7s\n"),
        Arguments.of("{}", set("monitor.every", "7s"), "{monitor: {every: 7s}}"),
        Arguments.of(
            "server: {port: 1}",
            set("monitor.every", "7s"),
            "server: {port: 1}\nmonitor:\n  every: 7s"),
        Arguments.of(
            "monitor:\n  # every: 5s\nrooms:\n",
            set("monitor.every", "7s"),
            "monitor:\n  every: 7s\n  # every: 5s\nrooms:\n"),
        Arguments.of(
            "monitor: {} # m\nrooms:\n",
            set("monitor.every", "7s"),
            "monitor: # m\n  every: 7s\nrooms:\n"),
        Arguments.of("monitor: ~\n", set("monitor.every", "7s"), "monitor:\n  every: 7s\n"),
        Arguments.of(
            "monitor: {grace: 1s,}\n",
            set("monitor.every", "7s"),
            "monitor: {grace: 1s, every: 7s,}\n"),
        Arguments.of("monitor: {every: }\n", set("monitor.every", "7s"), "monitor: {every: 7s }\n"),
        Arguments.of(
            "recordings:\n    dir: /r\n",
            set("recordings.split.every", "1h"),
            "recordings:\n    dir: /r\n    split:\n      every: 1h\n"),
        Arguments.of(
            "server:\n  port: 1 # p\n\n# rooms\nrooms: []\n",
            set("server.host", "::1"),
            "server:\n  port: 1 # p\n  host: \"::1\"\n\n# rooms\nrooms: []\n"),
        // keys taken out
        Arguments.of(
            "monitor:\n  # a\n  every: 5s # b\n  # c\n  grace: 1s\n",
            remove("monitor.every"),
            "monitor:\n  # a\n  # c\n  grace: 1s\n"),
        Arguments.of(
            "monitor: {every: 5s, grace: 1s}", remove("monitor.every"), "monitor: {grace: 1s}"),
        Arguments.of(
            "monitor: {every: 5s, grace: 1s}", remove("monitor.grace"), "monitor: {every: 5s}"),
        Arguments.of(
            "monitor: {\n  every: 5s, # e\n  grace: 1s # g\n}",
            remove("monitor.grace"),
            "monitor: {\n  every: 5s, # e\n   # g\n}"),
        Arguments.of("monitor: {every: 5s,}", remove("monitor.every"), "monitor: {}"),
        Arguments.of("monitor:\n  every: 5s\nrooms:\n", remove("monitor"), "rooms:\n"),
        Arguments.of("monitor:\n", remove("monitor.every"), "monitor:\n"),
        Arguments.of("a_b", remove("monitor.every"), null),
        // rooms
        Arguments.of("", add("x"), "rooms:\n  - link: x\n"),
        Arguments.of("rooms: # mine\n  # one\n", add("x"), "rooms: # mine\n  - link: x\n  # one\n"),
        Arguments.of("rooms: [] # mine\n", add("x"), "rooms: # mine\n  - link: x\n"),
        Arguments.of("rooms: [a, b,]\n", add("x"), "rooms: [a, b, {link: x},]\n"),
        Arguments.of(
            "rooms:\n- a # one\n# end\n", add("x"), "rooms:\n- a # one\n- link: x\n# end\n"),
        Arguments.of(
            "rooms:\n  -\n    # one\n    link: a",
            add("x"),
            "rooms:\n  -\n    # one\n    link: a\n  - link: x"),
        Arguments.of(
            "rooms:\n  - a # one\n  - b\n",
            room(0, "name", "cam"),
            "rooms:\n  - link: a # one\n    name: cam\n  - b\n"),
        Arguments.of(
            "rooms: [a, 'b']\n", room(1, "name", "cam"), "rooms: [a, {link: 'b', name: cam}]\n"),
        Arguments.of(
            "rooms:\n  - link: a\n    monitor:\n      every: 5s # f\n\n  - b\n",
            room(0, "record", false),
            "rooms:\n  - link: a\n    monitor:\n      every: 5s # f\n    record: false\n\n  - b\n"),
        Arguments.of(
            "rooms:\n  - name: n\n    link: a\n",
            room(0, "monitor.every", "5s"),
            "rooms:\n  - name: n\n    link: a\n    monitor:\n      every: 5s\n"),
        Arguments.of("rooms:\n  - name: n\n    link: a\n", out(0, "name"), "rooms:\n  - link: a\n"),
        Arguments.of(
            "rooms:\n  - name: n # x\n    # about\n    link: a\n",
            out(0, "name"),
            "rooms:\n  -\n    # about\n    link: a\n"),
        Arguments.of("rooms:\n  - a\n", out(0, "name"), "rooms:\n  - a\n"),
        Arguments.of(
            "rooms:\n  # a\n  - link: a\n    name: n\n  # b\n  - b\n",
            new Change.RemoveRoom(0),
            "rooms:\n  # a\n  # b\n  - b\n"),
        Arguments.of("rooms:\n- a\nmonitor:\n", new Change.RemoveRoom(0), "rooms:\nmonitor:\n"),
        Arguments.of("rooms: [a, b, c]", new Change.RemoveRoom(1), "rooms: [a, c]"),
        Arguments.of(
            "rooms:\n  # old\n  - a\n  - b # x\nmonitor:\n",
            set("rooms", List.of(java.util.Map.of("link", "c"))),
            "rooms:\n  # old\n  - link: c\nmonitor:\n"),
        // line ends, byte order marks, signs of two chars
        Arguments.of(
            "# é😀\r\nmonitor:\r\n  every: 5s\r\n",
            set("monitor.grace", "7s"),
            "# é😀\r\nmonitor:\r\n  every: 5s\r\n  grace: 7s\r\n"),
        Arguments.of(
            "# é😀\r\nmonitor:\r\n  # g\r\n",
            set("monitor.grace", "7s"),
            "# é😀\r\nmonitor:\r\n  grace: 7s\r\n  # g\r\n"),
        Arguments.of(
            "rooms:\r\n  - 😀 # 😀\r\n  - b\r\n",
            room(0, "name", "😀"),
            "rooms:\r\n  - link: 😀 # 😀\r\n    name: \"😀\"\r\n  - b\r\n"),
        Arguments.of(
            "recordings:\r\n  split:\r\n    every: 1h\r\n",
            set("recordings.split", java.util.Map.of("size", "1GB")),
            "recordings:\r\n  split:\r\n    size: 1GB\r\n"),
        Arguments.of(
            "\uFEFFmonitor:\n  every: 5s\n",
            set("monitor.every", "7s"),
            "\uFEFFmonitor:\n  every: 7s\n"));
  }

  @ParameterizedTest
  @MethodSource("splices")
  void changesNothingElse(String before, Change change, String after) throws Exception {
    if (after == null) {
      assertThrows(SettingsException.class, () -> WRITER.write(before, List.of(change)));
    } else {
      assertEquals(after, WRITER.write(before, List.of(change)).text());
    }
  }

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
