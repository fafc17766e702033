package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.RoomCommand;
import dev.sluice.bus.RoomCommand.Action;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply.Outcome;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoomsApiTest {
  private static final String ROOMS = "/api/v1/rooms";
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** A room that the server has heard of. */
  private RoomStatus known(String link, RoomState state) {
    RoomStatus room = FakeSiblings.room(link, state);
    web.siblings.tell(room);
    Await.until(
        Duration.ofSeconds(5),
        "the room shows",
        () -> web.get(ROOMS + "/" + room.id()).statusCode() == 200);
    return room;
  }

  @Test
  void showsARoomWithItsReason() {
    RoomStatus room = known("http://cam.test/a.flv", RoomState.WAITING);
    JsonNode json = WebFixture.tree(web.get(ROOMS + "/" + room.id()));
    assertEquals(room.id(), json.get("id").asText());
    assertEquals("direct:http://cam.test/a.flv", json.get("key").asText());
    assertEquals("direct", json.get("platform").asText());
    assertEquals("http://cam.test/a.flv", json.get("link").asText());
    assertEquals("waiting", json.get("state").asText());
    assertEquals("off air (404)", json.get("reason").asText());
    assertEquals("offline", json.get("reason_key").asText());
    assertEquals("404", json.at("/reason_values/code").asText());
    assertEquals("2026-11-24T20:15:00Z", json.get("since").asText());
    assertTrue(json.get("next_look_at").isNull());
    assertTrue(json.get("recording").isNull());
    assertEquals(0, json.at("/deliveries/needs_you").asInt(-1));
  }

  @Test
  void listsInTheOrderOfTheSettings() {
    known("http://cam.test/b.flv", RoomState.WAITING);
    known("http://cam.test/a.flv", RoomState.WAITING);
    List<String> links = WebFixture.tree(web.get(ROOMS)).get("items").findValuesAsText("link");
    assertEquals(List.of("http://cam.test/b.flv", "http://cam.test/a.flv"), links);
  }

  @Test
  void addsARoomAndWaitsUntilItShows() {
    web.siblings.slow = 3;
    HttpResponse<String> added =
        web.json("POST", ROOMS, "{\"link\":\"http://x.test/1.flv\",\"name\":null,\"more\":[1]}");
    assertEquals(201, added.statusCode(), added.body());
    JsonNode room = WebFixture.tree(added);
    assertEquals("http://x.test/1.flv", room.get("link").asText());
    assertFalse(room.has("already"));
    assertEquals("rooms/" + room.get("id").asText(), added.headers().firstValue("location").get());
    SettingsCommand.AddRoom asked =
        assertInstanceOf(SettingsCommand.AddRoom.class, web.siblings.asked.poll());
    assertEquals("{\"link\":\"http://x.test/1.flv\"}", asked.entry().toString());
  }

  @Test
  void saysThatARoomIsThereAlready() {
    known("http://x.test/1.flv", RoomState.RECORDING);
    web.siblings.outcome = Outcome.ALREADY;
    HttpResponse<String> added = web.json("POST", ROOMS, "{\"link\":\"http://x.test/1.flv\"}");
    assertEquals(200, added.statusCode());
    assertTrue(WebFixture.tree(added).get("already").asBoolean());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"link\":5}|422|field.type|link",
        "{\"link\":\"http://x\",\"record\":\"yes\"}|422|field.type|record",
        "{\"link\":\"http://x\",\"mode\":\"yes\"}|422|field.type|mode",
        "{\"link\":\"http://x\",\"mode\":\"notify\",\"record\":true}|422|field.twice|record",
        "{\"link\":\"http://x\",\"targets\":\"nas\"}|422|field.type|targets",
        "{\"link\":\"http://x\",\"targets\":[1]}|422|field.type|targets",
        "{\"link\":\"http://x\",\"name\":{}}|422|field.type|name",
        "{\"link\":\"  \"}|422|link.missing|link",
        "{}|422|link.missing|link",
        "[]|422|body.object|object",
        "{\"link\":|400|body.json|JSON",
        "{\"link\":\"a\",\"link\":\"b\"}|400|body.json|JSON",
        "{} {}|400|body.json|JSON",
        "''|422|body.object|object"
      })
  void refusesBodiesThatDoNotFit(String body, int status, String key, String named) {
    HttpResponse<String> answer = web.json("POST", ROOMS, body);
    Problem.assertIs(status, key, answer);
    assertTrue(WebFixture.tree(answer).get("detail").asText().contains(named), answer.body());
    assertTrue(web.siblings.asked.isEmpty());
  }

  @Test
  void refusesNestingWithoutEnd() {
    String deep = "{\"link\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    Problem.assertIs(400, "body.json", web.json("POST", ROOMS, deep));
  }

  @ParameterizedTest
  @CsvSource({"INVALID,422", "STALE,412", "NOT_FOUND,404", "READ_ONLY,409"})
  void tellsWhyTheSettingsWereNotChanged(Outcome outcome, int status) {
    web.siblings.outcome = outcome;
    HttpResponse<String> answer = web.json("POST", ROOMS, "{\"link\":\"http://x.test\"}");
    Problem.assertIs(status, "settings.test", answer);
    assertEquals("line 3: that does not fit", WebFixture.tree(answer).get("detail").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\":\"notify\"}  | {\"mode\":\"notify\"}",
        "{\"mode\":null}        | {\"mode\":null}",
        "{\"record\":false}     | {\"mode\":\"paused\"}",
        "{\"record\":true}      | {\"mode\":\"record\"}",
        "{\"record\":null}      | {\"mode\":null}"
      })
  void takesTheModeAndTheWordFromBefore(String body, String asked) {
    RoomStatus room = known("http://x.test/1.flv", RoomState.WAITING);
    HttpResponse<String> answer = web.json("PATCH", ROOMS + "/" + room.id(), body);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("record", WebFixture.tree(answer).get("mode").asText());
    SettingsCommand.PatchRoom patch = (SettingsCommand.PatchRoom) web.siblings.asked.poll();
    assertEquals(asked, patch.fields().toString());
  }

  @Test
  void changesARoom() {
    RoomStatus room = known("http://x.test/1.flv", RoomState.WAITING);
    HttpResponse<String> answer =
        web.json("PATCH", ROOMS + "/" + room.id(), "{\"name\":\"New\",\"targets\":null}");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("New", WebFixture.tree(answer).get("name").asText());
    SettingsCommand.PatchRoom asked = (SettingsCommand.PatchRoom) web.siblings.asked.poll();
    assertEquals(room.id(), asked.roomId());
    assertEquals("{\"name\":\"New\",\"targets\":null}", asked.fields().toString());
  }

  @Test
  void removesARoom() {
    RoomStatus room = known("http://x.test/1.flv", RoomState.WAITING);
    HttpResponse<String> answer = web.send(web.request(ROOMS + "/" + room.id()).DELETE());
    assertEquals(204, answer.statusCode());
    assertEquals(new SettingsCommand.RemoveRoom(room.id()), web.siblings.asked.poll());
    assertEquals(404, web.get(ROOMS + "/" + room.id()).statusCode());
  }

  @Test
  void aRoomWhoseRecorderStillClosesItsFilesIsSaidToBeThere() {
    RoomStatus room = known("http://x.test/1.flv", RoomState.STOPPING);
    web.siblings.keepsRemoved = true;
    HttpResponse<String> answer = web.send(web.request(ROOMS + "/" + room.id()).DELETE());
    assertEquals(202, answer.statusCode());
    assertEquals("stopping", WebFixture.tree(answer).get("state").asText());
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void carriesButtonsOut(Action action) {
    RoomStatus room = known("http://x.test/1.flv", RoomState.RECORDING);
    HttpResponse<String> answer =
        press(room.id(), action.name().toLowerCase(java.util.Locale.ROOT));
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(List.of(new RoomCommand(room.id(), action)), List.copyOf(web.siblings.commands));
    String state =
        switch (action) {
          case START -> "starting";
          case STOP -> "stopping";
          default -> "recording";
        };
    assertEquals(state, WebFixture.tree(answer).get("state").asText());
  }

  private HttpResponse<String> press(String id, String button) {
    return web.send(
        web.request(ROOMS + "/" + id + "/" + button)
            .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void doesNotCutWhatIsNotRecorded() {
    RoomStatus room = known("http://x.test/1.flv", RoomState.GRACE);
    Problem.assertIs(409, "room.not_recording", press(room.id(), "cut"));
    assertTrue(web.siblings.commands.isEmpty());
  }

  @Test
  void knowsNoOtherRooms() {
    Problem.assertIs(404, "room.unknown", web.get(ROOMS + "/nobody"));
    Problem.assertIs(404, "room.unknown", press("nobody", "start"));
    Problem.assertIs(404, "room.unknown", web.json("PATCH", ROOMS + "/nobody", "{}"));
    assertTrue(web.siblings.commands.isEmpty());
  }

  @Test
  void saysSoWhenNobodyAnswers() throws Exception {
    try (WebFixture alone = WebFixture.alone()) {
      Problem.assertIs(503, "not_ready", alone.json("POST", ROOMS, "{\"link\":\"http://x\"}"));
      assertEquals("{\"items\":[]}", alone.get(ROOMS).body());
    }
  }
}
