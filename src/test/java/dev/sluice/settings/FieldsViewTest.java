package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsViewTest {
  private static final String TEXT =
      """
      monitor: {every: 1m}
      storage: {keep: {for: 30d}}
      targets: {nas: {dir: /n}, usb: {dir: /u}}
      webhooks: {chat: {url: 'https://h.example/topsecret', events: [recording.ended]}}
      platforms:
        direct:
          monitor: {grace: 90s}
          headers: {X-A: "1", Cookie: topsecret}
          cookie: topsecret
          proxy: socks5://u:topsecret@h:1
      rooms:
        - a
        - {link: b, record: false, monitor: {every: 60s, grace: 5s}, targets: [usb]}
        - {link: c, mode: notify, monitor: {every: 5s}, keep: {for: off}, headers: {x-a: "2"}}
      """;
  private static final List<FieldsView.Room> ROOMS =
      List.of(
          new FieldsView.Room("ida", "direct", 0),
          new FieldsView.Room("idb", "direct", 1),
          new FieldsView.Room("idc", "other", 2));

  private static JsonNode view(String platform, String room) throws Exception {
    Environment environment = Environment.of(Map.of("SLUICE__SERVER__PORT", "9000"));
    FieldsView.Wanted wanted =
        new FieldsView.Wanted(Optional.ofNullable(platform), Optional.ofNullable(room));
    return FieldsView.of(TEXT, environment, ROOMS, wanted).orElseThrow();
  }

  private static JsonNode field(JsonNode view, String path) {
    for (JsonNode field : view.get("fields")) {
      if (field.get("path").asText().equals(path)) {
        return field;
      }
    }
    throw new AssertionError("no field " + path);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, monitor.every, 1m, global, 1m, 30s, default",
        "-, -, monitor.grace, 60s, default, null, 60s, default",
        "-, -, server.port, 9000, environment, 9000, 8080, default",
        "-, -, storage.keep.for, 30d, global, 30d, off, default",
        "direct, -, monitor.grace, 90s, platform, 90s, 60s, default",
        "direct, -, monitor.every, 1m, global, null, 1m, global",
        "direct, -, keep.for, 30d, global, null, 30d, global",
        "-, ida, monitor.grace, 90s, platform, null, 90s, platform",
        "-, idb, monitor.grace, 5s, room, 5s, 90s, platform",
        "-, idc, monitor.grace, 60s, default, null, 60s, default",
        "-, ida, mode, record, default, null, record, default",
        "-, idb, mode, paused, room, paused, record, default",
        "-, idc, mode, notify, room, notify, record, default",
        "-, idc, keep.for, off, room, off, 30d, global",
        "-, idc, keep.size, off, default, null, off, default"
      })
  void saysWhatHoldsAndWhereItComesFrom(
      String platform,
      String room,
      String path,
      String value,
      String origin,
      String own,
      String inherited,
      String inheritedOrigin)
      throws Exception {
    JsonNode field = field(view(platform, room), path);
    assertEquals(value, field.get("value").asText());
    assertEquals(origin, field.get("origin").asText());
    assertEquals(own, field.get("own").asText());
    assertEquals(inherited, field.get("inherited").asText());
    assertEquals(inheritedOrigin, field.get("inherited_origin").asText());
  }

  @Test
  void listsAndHeadersAreInheritedToo() throws Exception {
    assertEquals(
        "[\"nas\",\"usb\"]", field(view(null, null), "recordings.targets").get("value").toString());
    assertEquals("[\"usb\"]", field(view(null, "idb"), "targets").get("value").toString());
    JsonNode headers = field(view(null, "ida"), "headers");
    assertTrue(headers.get("own").isNull());
    assertEquals("{\"X-A\":\"1\",\"Cookie\":\"•••\"}", headers.get("value").toString());
  }

  @Test
  void saysWhichRoomsDiffer() throws Exception {
    JsonNode whole = view(null, null);
    JsonNode every = field(whole, "monitor.every").get("differ");
    assertEquals("[{\"id\":\"idc\",\"value\":\"5s\"}]", every.toString(), "60s is 1m");
    assertEquals(2, field(whole, "monitor.grace").get("differ").size(), "by platform and by room");
    JsonNode direct = field(view("direct", null), "monitor.grace").get("differ");
    assertEquals("[{\"id\":\"idb\",\"value\":\"5s\"}]", direct.toString());
    assertEquals("[]", field(view("direct", null), "monitor.every").get("differ").toString());
  }

  @Test
  void manyRoomsAreCountedAndTheFirstAreShown() throws Exception {
    StringBuilder text = new StringBuilder("rooms:\n");
    List<FieldsView.Room> rooms = new ArrayList<>();
    for (int i = 0; i < SettingsReader.MAX_ROOMS; i++) {
      text.append("  - {link: r").append(i).append(", monitor: {every: 5s}}\n");
      rooms.add(new FieldsView.Room("id" + i, "direct", i));
    }
    FieldsView.Wanted whole = new FieldsView.Wanted(Optional.empty(), Optional.empty());
    JsonNode view =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> FieldsView.of(text.toString(), Environment.NONE, rooms, whole).orElseThrow());
    assertEquals(2000, field(view, "monitor.every").get("differ_count").asInt());
    assertEquals(100, field(view, "monitor.every").get("differ").size());
    assertEquals(0, field(view, "monitor.grace").get("differ_count").asInt());
  }

  @Test
  void secretsAreMaskedEverywhere() throws Exception {
    for (JsonNode view : List.of(view(null, null), view("direct", null), view(null, "ida"))) {
      assertFalse(view.toString().contains("topsecret"));
    }
    JsonNode direct = view("direct", null);
    assertEquals("•••", field(direct, "cookie").get("value").asText());
    assertEquals("socks5://•••@h:1", field(direct, "proxy").get("own").asText());
    JsonNode chat = view(null, null).at("/webhooks/entries/chat");
    assertEquals("https://h.example/•••", chat.get("url").asText());
  }

  @Test
  void whatTheEnvironmentSetsIsLocked() throws Exception {
    JsonNode port = field(view(null, null), "server.port");
    assertEquals("SLUICE__SERVER__PORT", port.get("locked").asText());
    assertTrue(field(view(null, null), "server.host").get("locked").isNull());
  }

  /** Whatever is in the table can be set, seen and given back on each level that it has. */
  @Test
  void everyFieldCanBeSetAndGivenBackOnEachOfItsLevels(@TempDir Path data) throws Exception {
    Files.writeString(data.resolve("cookie.txt"), "a=b");
    SettingsWriter writer = new SettingsWriter(new SettingsReader(data));
    String text = "targets: {nas: {dir: /n}}\nrooms:\n  - x\n";
    List<FieldsView.Room> rooms = List.of(new FieldsView.Room("id", "direct", 0));
    for (Field<?> field : FieldTable.fields()) {
      for (Scope scope : List.of(Scope.GLOBAL, Scope.PLATFORM, Scope.ROOM)) {
        if (field.isIn(scope) && !NOT_ON_THE_PAGE.contains(field.key()) && !field.isMap()) {
          String path = field.path(scope);
          String example = field.example().replace("127.0.0.1, ", "");
          ObjectNode values = JsonNodeFactory.instance.objectNode();
          if (field.list()) {
            values.putArray(path).add(example.substring(1, example.length() - 1));
          } else {
            values.put(path, example);
          }
          String set = writer.write(text, changes(scope, values)).text();
          FieldsView.Wanted wanted =
              new FieldsView.Wanted(
                  Optional.of("direct").filter(p -> scope == Scope.PLATFORM),
                  Optional.of("id").filter(p -> scope == Scope.ROOM));
          JsonNode view = FieldsView.of(set, Environment.NONE, rooms, wanted).orElseThrow();
          assertEquals(values.get(path), field(view, path).get("own"), scope + " " + path);
          assertEquals(scope.word(), field(view, path).get("origin").asText());
          values.putNull(path);
          String back = writer.write(set, changes(scope, values)).text();
          JsonNode after = FieldsView.of(back, Environment.NONE, rooms, wanted).orElseThrow();
          assertTrue(field(after, path).get("own").isNull(), scope + " " + path);
        }
      }
    }
  }

  private static final List<String> NOT_ON_THE_PAGE =
      List.of("rooms[].link", "rooms[].record", "cookie");

  private static List<Change> changes(Scope scope, ObjectNode values) {
    return switch (scope) {
      case ROOM -> FieldsPatch.roomChanges(0, values);
      case PLATFORM -> FieldsPatch.changes(scope, List.of("platforms", "direct"), values);
      default -> FieldsPatch.changes(scope, List.of(), values);
    };
  }

  @Test
  void hasWhatAPageNeeds() throws Exception {
    JsonNode whole = view(null, null);
    assertEquals("[\"direct\",\"other\"]", whole.get("platforms").toString());
    assertEquals("/n", whole.at("/targets/entries/nas/dir").asText());
    JsonNode every = field(whole, "recordings.split.every");
    assertEquals("duration", every.get("type").asText());
    assertEquals("1s", every.get("least").asText());
    assertTrue(every.get("off").asBoolean());
    assertEquals("next_segment", every.get("when").asText());
    assertEquals("按时长分段", every.at("/label/zh").asText());
    assertEquals("other", view(null, "idc").get("platform").asText());
    assertFalse(
        FieldsView.of(
                TEXT,
                Environment.NONE,
                ROOMS,
                new FieldsView.Wanted(Optional.empty(), Optional.of("none")))
            .isPresent());
  }
}
