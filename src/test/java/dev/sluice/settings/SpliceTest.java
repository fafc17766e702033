package dev.sluice.settings;

import static dev.sluice.settings.SettingsWriterTest.add;
import static dev.sluice.settings.SettingsWriterTest.out;
import static dev.sluice.settings.SettingsWriterTest.remove;
import static dev.sluice.settings.SettingsWriterTest.room;
import static dev.sluice.settings.SettingsWriterTest.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One change of one text, byte for byte. */
class SpliceTest {
  private static final SettingsWriter WRITER =
      new SettingsWriter(new SettingsReader(Path.of("/data")));

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
}
