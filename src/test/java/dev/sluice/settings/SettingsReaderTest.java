package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.room.Mode;
import dev.sluice.room.RoomKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @TempDir Path data;
  private SettingsReader reader;

  @BeforeEach
  void reader() {
    reader = new SettingsReader(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "# nothing\n", "---\n", "~", "{}", "rooms:\nmonitor:\n", "\uFEFF"})
  void nothingSetMeansAllDefaults(String text) throws Exception {
    Settings settings = reader.read(text);
    assertEquals(new Settings.Server("127.0.0.1", 8080, List.of(), List.of()), settings.server());
    assertEquals(data.resolve("recordings"), settings.global().dir());
    assertEquals(Optional.of(Duration.ofHours(1)), settings.global().splitEvery());
    assertEquals(Optional.empty(), settings.global().splitSize());
    assertEquals(Duration.ofSeconds(30), settings.global().every());
    assertEquals(Duration.ofSeconds(60), settings.global().grace());
    assertEquals(Duration.ofSeconds(10), settings.global().stallTimeout());
    assertEquals(Settings.Storage.DEFAULT, settings.storage());
    assertEquals(5_000_000_000L, settings.storage().reserve());
    assertEquals(Duration.ofDays(7), settings.storage().trashFor());
    assertEquals(Map.of(), settings.webhooks());
    assertEquals(List.of(), settings.rooms());
  }

  @Test
  void readsRoomsWithWhatTheyInherit() throws Exception {
    Files.writeString(data.resolve("c.txt"), "  sid=1; a=b \nnot this\n");
    Settings settings =
        reader.read(
            """
            targets: {nas: {type: folder, dir: /mnt/nas}, usb: {dir: usb}}
            monitor: {every: 1m}
            platforms:
              direct:
                recordings: {split: {size: 2GiB}, targets: [usb]}
                headers: {X-A: "1", X-B: "2"}
                cookie_file: c.txt
            rooms:
              - http://a/1.flv
              - link: http://a/2.flv
                name: 123
                record: false
                recordings: {split: {every: off}}
                headers: {x-a: "3"}
                proxy: socks5://u:p@127.0.0.1:1080
            """);
    RoomKey key = new RoomKey("direct", "http://a/1.flv");
    Settings.RoomEntry first = settings.rooms().get(0);
    Settings.RoomEntry second = settings.rooms().get(1);
    assertEquals(List.of("nas", "usb"), settings.global().targets());
    assertEquals(data.resolve("usb"), settings.targets().get("usb").dir());
    assertEquals(List.of("usb"), settings.effective(key, first).targets());
    assertEquals(Duration.ofMinutes(1), settings.effective(key, first).every());
    assertEquals(Optional.of(2L << 30), settings.effective(key, second).splitSize());
    assertEquals(Optional.empty(), settings.effective(key, second).splitEvery());
    assertEquals(Optional.of("123"), second.name());
    assertEquals(Mode.PAUSED, second.mode());
    Connection connection = settings.connection(key, second);
    assertEquals(Map.of("x-a", "3", "X-B", "2"), connection.headers());
    assertEquals(Optional.of("sid=1; a=b"), connection.cookie());
  }

  @Test
  void theAgeToKeepIsInheritedButTheTotalSizeIsNot() throws Exception {
    Settings settings =
        reader.read(
            """
            storage: {keep: {for: 30d, size: 2TB}}
            platforms: {direct: {keep: {size: 1TB}}}
            rooms:
              - http://a/1.flv
              - {link: b, keep: {for: off, size: 20GB}}
            """);
    RoomKey direct = new RoomKey("direct", "http://a/1.flv");
    RoomKey other = new RoomKey("other", "b");
    Settings.RoomDefaults first = settings.effective(direct, settings.rooms().get(0));
    Settings.RoomDefaults second = settings.effective(other, settings.rooms().get(1));
    Settings.RoomDefaults plain = settings.effective(other, settings.rooms().get(0));
    assertEquals(Optional.of(2_000_000_000_000L), settings.storage().keepSize());
    assertEquals(Optional.of(Duration.ofDays(30)), settings.storage().keepFor());
    assertEquals(Optional.of(Duration.ofDays(30)), first.keepFor());
    assertEquals(Optional.of(1_000_000_000_000L), first.keepSize());
    assertEquals(Optional.empty(), second.keepFor());
    assertEquals(Optional.of(20_000_000_000L), second.keepSize());
    assertEquals(Optional.empty(), plain.keepSize(), "the total is no limit of one room");
  }

  @Test
  void readsWebhooks() throws Exception {
    Files.writeString(data.resolve("s.txt"), "key\n");
    String text =
        "webhooks: {a: {url: 'https://u:topsecret@h/topsecret?topsecret', secret_file: s.txt,"
            + " private: true, events: [broadcast.began]}, monitor: {url: 'http://h'}}";
    Settings settings = reader.read(text);
    Settings.Webhook hook = settings.webhooks().get("a");
    assertEquals(URI.create("https://u:topsecret@h/topsecret?topsecret"), hook.url());
    assertEquals(Optional.of(data.resolve("s.txt")), hook.secretFile());
    assertEquals(List.of("broadcast.began"), hook.events());
    assertTrue(hook.allowPrivate());
    assertFalse(settings.toString().contains("topsecret"));
    assertFalse(settings.webhooks().get("monitor").allowPrivate());
    assertEquals(List.of(), settings.webhooks().get("monitor").events(), "all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode: notify", "mode: paused", "mode: record", "record: true"})
  void readsWhatIsWantedOfARoom(String field) throws Exception {
    Mode mode = reader.read("rooms: [{link: x, " + field + "}]").rooms().get(0).mode();
    assertEquals(field.startsWith("mode") ? field.substring(6) : "record", mode.word());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "::ffff:10.0.0.1"})
  void takesAddressesAndNetworks(String text) throws Exception {
    Settings settings = reader.read("server: {trusted_proxies: ['" + text + "']}");
    assertEquals(List.of(text), settings.server().trustedProxies());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4/33", "::1/129", ":::", "1/8"})
  void refusesWhatIsNoNetwork(String text) {
    assertRefused("server: {trusted_proxies: ['" + text + "']}", "is no address");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong(
            "monitr:\n  every: 1s\n",
            1,
            1,
            "monitr",
            "unknown key 'monitr'; did you mean 'monitor'?"),
        wrong("monitor:\n  evry: 1s\n", 2, 3, "monitor.evry", "did you mean 'every'?"),
        wrong(
            "monitor:\n  zzzzzzz: 1s\n",
            2,
            3,
            "monitor.zzzzzzz",
            "known here: every, grace, stall_timeout"),
        wrong(
            "server:\n  port: 8080\n  port: 1\n",
            3,
            3,
            "server.port",
            "set twice: it stands in line 2 already"),
        wrong("server:\n  port: 65536\n", 2, 9, "server.port", "'65536' is no port"),
        wrong("server: [1]\n", 1, 9, "server", "must hold keys with values, such as 'host: …'"),
        wrong("- a\n- b\n", 1, 1, "", "must hold keys with values"),
        wrong("just text", 1, 1, "", "must hold keys with values"),
        wrong("monitor:\n\tevery: 1s\n", 2, 1, "", "a tab cannot indent YAML; use spaces"),
        wrong(
            "monitor: {every: 30}",
            1,
            18,
            "monitor.every",
            "'30' has no unit, and could mean seconds or minutes; write for example 30s or 30m"),
        wrong(
            "monitor: {every: 10 apples}",
            1,
            18,
            "monitor.every",
            "'10 apples' is no duration; write for example 90s, 5m or 1h30m"),
        wrong(
            "monitor: {every: 999ms}", 1, 18, "monitor.every", "is out of bounds; from 1s to 24h"),
        wrong("monitor: {grace: 7h}", 1, 18, "monitor.grace", "from 0s to 6h"),
        wrong("monitor: {stall_timeout: 11m}", 1, 26, "monitor.stall_timeout", "from 1s to 10m"),
        wrong("monitor: {every: [1s]}", 1, 18, "monitor.every", "must be one value"),
        wrong(
            "recordings: {split: {size: 0}}",
            1,
            28,
            "recordings.split.size",
            "write 'off' for no limit"),
        wrong("recordings: {dir: ~/x}", 1, 19, "recordings.dir", "'~' is not expanded"),
        wrong("recordings: {targets: nas}", 1, 23, "recordings.targets", "must be a list"),
        wrong(
            "targets: {nas: {dir: /n}}\nrooms:\n- {link: x, targets: [nass]}",
            3,
            23,
            "rooms[0].targets[0]",
            "unknown target 'nass'; did you mean 'nas'? (known: nas)"),
        wrong(
            "recordings: {targets: [x]}",
            1,
            24,
            "recordings.targets[0]",
            "(known: no target is defined)"),
        wrong("targets: {NAS: {dir: /n}}", 1, 11, "targets.NAS", "is no target name"),
        wrong("targets: {nas: {type: ftp, dir: x}}", 1, 23, "targets.nas.type", "known: folder"),
        wrong("targets: {nas: }", 1, 15, "targets.nas", "needs 'dir'"),
        wrong("rooms:\n  - name: x\n", 2, 5, "rooms[0]", "a room needs a 'link'"),
        wrong(
            "rooms:\n  - 😀\n  - {link: '', name: y}\n",
            3,
            12,
            "rooms[1].link",
            "must not be empty"),
        wrong(
            "rooms: [{link: x, record: maybe}]",
            1,
            27,
            "rooms[0].record",
            "'maybe' is neither 'true' nor 'false'"),
        wrong(
            "rooms: [{link: x, headers: {'a b': c}}]",
            1,
            29,
            "rooms[0].headers.a b",
            "is no header name"),
        wrong(
            "rooms: [{link: x, headers: {A: \"b\\r\\nC: d\"}}]",
            1,
            32,
            "rooms[0].headers.A",
            "control character"),
        wrong(
            "rooms: [{link: x, headers: {A: b, a: c}}]", 1, 35, "rooms[0].headers.a", "set twice"),
        wrong(
            "rooms: [{link: x, proxy: 'ftp://u:secret@h'}]",
            1,
            26,
            "rooms[0].proxy",
            "is no proxy address"),
        wrong(
            "rooms: [{link: x, cookie_file: none.txt}]",
            1,
            32,
            "rooms[0].cookie_file",
            "there is no file 'none.txt'"),
        wrong("platforms: {Direct: {}}", 1, 13, "platforms.Direct", "lower case"),
        wrong(
            "rooms: [{link: x, mode: off}]",
            1,
            25,
            "rooms[0].mode",
            "'off' is no mode; known: record, notify, paused"),
        wrong(
            "rooms: [{link: x, mode: record, record: true}]",
            1,
            41,
            "rooms[0].record",
            "stands beside 'mode'"),
        wrong("server: {names: ['a:80']}", 1, 18, "server.names[0]", "is no host name"),
        wrong("storage: {reserve: x}", 1, 20, "storage.reserve", "is no size"),
        wrong("storage: {keep: {for: 5m}}", 1, 23, "storage.keep.for", "from 1h to 3650d"),
        wrong("storage: {trash: 400d}", 1, 18, "storage.trash", "from 0s to 365d"),
        wrong("webhooks: {a: {url: 'ftp://secret/'}}", 1, 21, "webhooks.a.url", "no web address"),
        wrong(
            "webhooks: {a: {url: 'http://h', events: [recording.end]}}",
            1,
            42,
            "webhooks.a.events[0]",
            "'recording.end' is no event; did you mean 'recording.ended'?; known: broadcast.began"),
        wrong("webhooks: {a: {private: true}}", 1, 15, "webhooks.a", "needs 'url'"),
        wrong(
            "webhooks: {a: {url: 'http://h', secret_file: n}}",
            1,
            46,
            "webhooks.a.secret_file",
            "there is no file 'n'"),
        wrong("webhooks: {B: {url: 'http://h'}}", 1, 12, "webhooks.B", "is no webhook name"),
        wrong("a: &x 1\n---\nb: 2\n", 3, 1, "", "a second document"),
        wrong("rooms: !!binary aGk=", 1, 8, "", "tags such as"),
        wrong("rooms: &r [*r]", 1, 12, "", "no complete anchor"),
        wrong("monitor: {every: 1s", 1, 20, "", "a comma is missing here"),
        wrong("server:\n  host: a: b\n", 2, 10, "", "a second ':' in one line"),
        wrong("rooms: [\"a\u0000b\"]", 1, 11, "", "U+0000"));
  }

  private static Arguments wrong(String text, int line, int column, String key, String message) {
    return Arguments.of(text, new Problem(line, column, key, message));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhereAndWhat(String text, Problem expected) {
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(text));
    Problem found = e.problems().get(0);
    assertEquals(1, e.problems().size(), e.getMessage());
    assertTrue(found.message().contains(expected.message()), found.message());
    assertEquals(expected.key(), found.key());
    assertEquals(expected.line() + ":" + expected.column(), found.line() + ":" + found.column());
    assertFalse(found.message().contains("secret"), "a secret must not be repeated");
  }

  @Test
  void saysAllProblemsAtOnceInTheOrderOfTheFile() {
    String text = "monitor: {every: 1, gracee: 2s}\nrooms:\n  - {link: x, name: ''}\nsrver: 1\n";
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(text));
    List<String> keys = e.problems().stream().map(Problem::key).toList();
    assertEquals(List.of("monitor.every", "monitor.gracee", "rooms[0].name", "srver"), keys);
  }

  @Test
  void reportsAtMostTwentyProblems() {
    String text = "rooms:\n" + "- {link: x, nme: y}\n".repeat(100);
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(text));
    assertEquals(20, e.problems().size());
  }

  @Test
  void refusesWhatIsTooMuch() {
    assertRefused("#" + "x".repeat(SettingsReader.MAX_BYTES), "larger than 1 MiB");
    assertRefused("rooms:\n" + "- x\n".repeat(2001), "more than 2000 rooms");
    assertRefused("[".repeat(500_000), "nested deeper");
    assertRefused("rooms: &a [x]\nq: [" + "*a,".repeat(101) + "]", "more than 100 aliases");
    assertRefused("rooms: [" + "a,".repeat(250_000) + "]", "more than 200000 values");
    assertRefused("rooms: [" + "x".repeat(4097) + "]", "longer than 4096");
  }

  @Test
  void anAliasBombEndsSoon() {
    StringBuilder bomb = new StringBuilder("x0: &x0 [a]\n");
    for (int i = 1; i < 10; i++) {
      String list = ("*x" + (i - 1) + ",").repeat(10);
      bomb.append("x" + i + ": &x" + i + " [" + list + "]\n");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertRefused(bomb.toString(), "unknown key 'x0'"));
  }

  @Test
  void anAliasStandsForItsAnchor() throws Exception {
    Settings settings = reader.read("monitor: &m {every: 5s}\nrooms:\n- {link: x, monitor: *m}\n");
    assertEquals(Optional.of(Duration.ofSeconds(5)), settings.rooms().get(0).own().every());
  }

  @Test
  void saysWhereTheBytesAreNoUtf8() {
    byte[] bytes = "rooms:\n  - é".getBytes(StandardCharsets.ISO_8859_1);
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(bytes));
    assertEquals("line 2, column 5", e.getMessage().split(":")[0]);
    byte[] cut = "a: é".getBytes(StandardCharsets.UTF_8);
    byte[] half = java.util.Arrays.copyOf(cut, cut.length - 1);
    assertThrows(SettingsException.class, () -> reader.read(half), "a cut character");
  }

  @Test
  void theCookieFileIsBoundedAndPlain() throws Exception {
    String text = "rooms: [{link: x, cookie_file: c}]";
    Files.createDirectory(data.resolve("c"));
    assertRefused(text, "there is no file");
    Files.delete(data.resolve("c"));
    Files.write(data.resolve("c"), new byte[16 * 1024 + 1]);
    assertRefused(text, "larger than 16 KiB");
    Files.writeString(data.resolve("c"), "\na=b");
    assertRefused(text, "is empty");
    Files.writeString(data.resolve("c"), "topsecret\u0001");
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(text));
    assertFalse(e.getMessage().contains("topsecret"));
    Files.writeString(data.resolve("c"), "a=b");
    assertRefused("rooms: [{link: x, cookie: z, cookie_file: c}]", "keep one of the two");
  }

  private void assertRefused(String text, String message) {
    SettingsException e = assertThrows(SettingsException.class, () -> reader.read(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
