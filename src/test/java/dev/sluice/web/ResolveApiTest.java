package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.RoomResolve;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import dev.sluice.room.Liveness;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolveApiTest {
  private static final String RESOLVE = "/api/v1/rooms/resolve";
  private final Queue<RoomResolve> asked = new ConcurrentLinkedQueue<>();
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    Topics.ROOM_RESOLVE.serve(
        web.vertx,
        message -> {
          asked.add(message.body());
          Topic.reply(message, answer(message.body().link()));
        });
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static RoomResolve.Answer answer(String link) {
    if (!link.startsWith("http")) {
      return new RoomResolve.Refused("link.unknown", "give an address");
    }
    boolean known = link.contains("known");
    return new RoomResolve.Room(
        new RoomKey("direct", link),
        "name of " + link,
        known ? Optional.of(Mode.NOTIFY) : Optional.empty(),
        known ? Liveness.UNKNOWN : Liveness.LIVE,
        Optional.of(Reason.of("live", "codec", "H.264", "media arrives")),
        known ? "" : "640×360 H.264");
  }

  private HttpResponse<String> resolve(String text) {
    return web.json("POST", RESOLVE, Json.NODES.objectNode().put("text", text).toString());
  }

  @Test
  void saysWhatALinkInAShareTextNames() {
    JsonNode item = WebFixture.tree(resolve("看看 http://a.test/1，走")).at("/items/0");
    assertEquals("看看 http://a.test/1，走", item.get("text").asText());
    assertEquals("http://a.test/1", item.get("link").asText());
    assertEquals("direct", item.at("/room/platform").asText());
    assertEquals("name of http://a.test/1", item.at("/room/name").asText());
    assertTrue(item.at("/room/watched").isNull());
    assertTrue(item.at("/room/live").asBoolean());
    assertEquals("H.264", item.at("/room/reason_values/codec").asText());
    assertTrue(item.get("error").isNull());
    assertTrue(asked.peek().look());
  }

  @Test
  void whoIsNotKnownToBeLiveIsNotOffAir() {
    JsonNode room = WebFixture.tree(resolve("http://known.test/1")).at("/items/0/room");
    assertEquals("notify", room.get("watched").asText());
    assertTrue(room.get("live").isNull());
    assertTrue(room.get("quality").isNull());
  }

  @Test
  void eachLineGetsItsAnswer() {
    JsonNode items =
        WebFixture.tree(resolve("http://a.test/1\nnonsense\nhttp://a.test/1")).get("items");
    assertFalse(items.at("/0/repeated").asBoolean());
    assertEquals("link.unknown", items.at("/1/error/key").asText());
    assertTrue(items.at("/1/room").isNull());
    assertTrue(items.at("/2/repeated").asBoolean());
  }

  @Test
  void manyAreNotLookedAtAndTheRestIsTold() {
    String text =
        IntStream.range(0, 201)
            .mapToObj(i -> "http://a.test/" + i)
            .collect(Collectors.joining("\n"));
    JsonNode json = WebFixture.tree(resolve(text));
    assertEquals(200, json.get("items").size());
    assertEquals("http://a.test/200", json.get("rest").asText());
    assertTrue(asked.stream().noneMatch(RoomResolve::look));
  }

  @Test
  void nothingIsLookedAtWhereThatIsNotWanted() {
    web.json("POST", RESOLVE, "{\"text\":\"http://a.test/1\",\"look\":false}");
    assertTrue(asked.stream().noneMatch(RoomResolve::look));
    web.json("POST", RESOLVE, "{\"text\":\"http://a.test/1\"}");
    assertTrue(asked.stream().anyMatch(RoomResolve::look));
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertEquals(422, web.json("POST", RESOLVE, "{}").statusCode());
    assertEquals(422, web.json("POST", RESOLVE, "{\"text\":1}").statusCode());
    assertEquals(422, resolve("a".repeat(60_001)).statusCode());
    assertEquals(413, resolve("a".repeat(1_000_000)).statusCode());
    assertTrue(asked.isEmpty());
  }
}
