package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsDiffTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: {port: 1}                       | server.port              | NEXT_START",
        "server: {host: h}                       | server.host              | NEXT_START",
        "server: {names: [n]}                    | server.names             | NOW",
        "server: {trusted_proxies: ['::1']}      | server.trusted_proxies   | NOW",
        "storage: {reserve: 1GB}                 | storage.reserve          | NOW",
        "storage: {trash: 1d}                    | storage.trash            | NOW",
        "storage: {keep: {size: 1TB}}            | storage.keep.size        | NOW",
        "storage: {keep: {for: 9d}}              | storage.keep.for         | NOW",
        "platforms: {a: {keep: {size: 1TB}}}     | platforms.a.keep.size    | NOW",
        "platforms: {a: {keep: {for: off}}}      | platforms.a.keep.for     | NOW",
        "webhooks: {a: {url: 'http://h/x'}}      | webhooks.a               | NOW",
        "recordings: {dir: /r}                   | recordings.dir           | NEXT_BROADCAST",
        "recordings: {name: n}                   | recordings.name          | NEXT_SEGMENT",
        "recordings: {split: {every: off}}       | recordings.split.every   | NEXT_SEGMENT",
        "recordings: {split: {size: 1GB}}        | recordings.split.size    | NEXT_SEGMENT",
        "monitor: {every: 7s}                    | monitor.every            | NOW",
        "monitor: {grace: 7s}                    | monitor.grace            | NOW",
        "monitor: {stall_timeout: 7s}            | monitor.stall_timeout    | NOW",
        "platforms: {a: {proxy: 'http://h:1'}}   | platforms.a.proxy        | NOW",
        "platforms: {a: {headers: {A: b}}}       | platforms.a.headers      | NOW",
        "platforms: {a: {recordings: {name: n}}} | platforms.a.recordings.name | NEXT_SEGMENT",
        "platforms: {a: {recordings: {targets: []}}} | platforms.a.recordings.targets | NEXT_SEGMENT",
      })
  void saysWhenEachKeyTakesEffect(String text, String key, When when) throws Exception {
    SettingsDiff there = SettingsDiff.between(READER.read(""), READER.read(text));
    assertEquals(List.of(new SettingsDiff.Effect(key, when)), there.applied());
    SettingsDiff back = SettingsDiff.between(READER.read(text), READER.read(""));
    assertEquals(there.applied(), back.applied());
  }

  @Test
  void aNewTargetIsSentToByAllWhoNameNone() throws Exception {
    SettingsDiff diff =
        SettingsDiff.between(READER.read(""), READER.read("targets: {nas: {dir: /n}}"));
    assertEquals(
        List.of(
            new SettingsDiff.Effect("recordings.targets", When.NEXT_SEGMENT),
            new SettingsDiff.Effect("targets.nas", When.NEXT_SEGMENT)),
        diff.applied());
  }

  @Test
  void roomsAreMatchedByTheirLink() throws Exception {
    String before = "rooms: [a, b, {link: c, name: x}, d, d]";
    String after = "rooms: [{link: c, name: y, recordings: {split: {every: 5m}}}, a, e, d]";
    SettingsDiff diff = SettingsDiff.between(READER.read(before), READER.read(after));
    assertEquals(List.of("e"), diff.addedRooms());
    assertEquals(List.of("b", "d"), diff.removedRooms());
    assertEquals(List.of("c"), diff.changedRooms());
    assertEquals(
        List.of(
            new SettingsDiff.Effect("rooms[0].name", When.NOW),
            new SettingsDiff.Effect("rooms[0].recordings.split.every", When.NEXT_SEGMENT),
            new SettingsDiff.Effect("rooms", When.NOW)),
        diff.applied());
  }

  @Test
  void anotherOrderOrWayOfWritingIsNoChange() throws Exception {
    SettingsDiff diff =
        SettingsDiff.between(
            READER.read("rooms: [a, b]\nmonitor: {every: 60s}"),
            READER.read("monitor: {every: 1m}\nrooms: [{link: b, record: true}, a]"));
    assertTrue(diff.applied().isEmpty(), diff.toString());
    assertEquals("next_segment", When.NEXT_SEGMENT.word());
  }
}
