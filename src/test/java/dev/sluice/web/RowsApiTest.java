package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import dev.sluice.upload.UploadVerticle;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsApiTest {
  private static final String RECORDINGS = "/api/v1/recordings";
  private static final String DELIVERIES = "/api/v1/deliveries";
  private static final Duration LIMIT = Duration.ofSeconds(15);
  @TempDir private Path root;
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private long recording(RoomKey room, boolean ended) {
    return LedgerRows.ask(
        web.ledger,
        rows -> {
          long id =
              rows.beginRecording(room, "Room " + room.id(), "A <i>title</i>", LedgerRows.NOW);
          rows.beginAttempt(room, rows.epoch(room) + 1, id, LedgerRows.NOW);
          if (ended) {
            rows.endRecording(id, LedgerRows.NOW, Optional.empty(), List.of());
          }
          return id;
        });
  }

  @Test
  void tellsAllOfARecording() throws Exception {
    SegmentRow row = LedgerRows.ready(web.ledger, root, "Room/a b.flv", 700, "nas");
    LedgerRows.open(web.ledger, row.recording(), root, "Room/next.flv");
    WebFixture.file(root, "Room/a b.coverage.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    LedgerRows.tell(
        web.ledger,
        rows -> {
          rows.addGap(row.recording(), new GapRow(305, 1400, "connection lost"));
          rows.touchRecording(row.recording(), LedgerRows.NOW, 46);
          Optional<String> coverage = Optional.of("Room/a b.coverage.json");
          rows.endRecording(row.recording(), LedgerRows.NOW, coverage, List.of());
        });
    JsonNode page = WebFixture.tree(web.get(RECORDINGS));
    assertTrue(page.get("next").isNull());
    JsonNode json = page.at("/items/0");
    assertEquals("" + row.recording(), json.get("id").asText());
    assertTrue(json.get("id").isTextual());
    assertEquals(LedgerRows.ROOM.publicId(), json.get("room_id").asText());
    assertEquals("Room", json.get("room_name").asText());
    assertEquals("Title", json.get("title").asText());
    assertEquals("2023-11-14T22:13:20Z", json.get("started_at").asText());
    assertEquals("done", json.get("state").asText());
    assertEquals(700, json.get("bytes").asLong());
    assertEquals(400, json.get("duration_ms").asLong());
    assertEquals(
        "[{\"at_ms\":305,\"duration_ms\":1400,\"cause\":\"connection lost\"}]",
        json.get("gaps").toString());
    assertEquals(46, json.at("/duplicates_dropped/frames").asLong());
    JsonNode files = json.get("files");
    assertEquals(
        List.of("a b.flv", "next.flv", "a b.coverage.json"), files.findValuesAsText("name"));
    assertEquals("ready", files.at("/0/state").asText());
    assertEquals(10, files.at("/0/video_frames").asLong());
    assertEquals("open", files.at("/1/state").asText());
    assertTrue(files.at("/1/url").isNull());
    assertEquals("coverage", files.at("/2/kind").asText());
    assertEquals(7, files.at("/2/bytes").asLong());
    assertEquals("{\"a\":1}", web.get(files.at("/2/url").asText()).body());
  }

  @Test
  void saysWhatARecordingIsDoing() {
    RoomStatus room = FakeSiblings.room("http://a.test", RoomState.RECORDING);
    web.siblings.tell(room);
    long id = recording(room.key(), false);
    assertEquals("interrupted", WebFixture.tree(web.get(RECORDINGS)).at("/items/0/state").asText());
    Topics.RECORDING_PROGRESS.publish(
        web.vertx,
        new RecordingProgress(room.key(), 1, id, true, 99, 99, 50, 2000, 1, 0, 0, "q", "f"));
    Await.until(
        LIMIT,
        "recording",
        () ->
            WebFixture.tree(web.get(RECORDINGS)).at("/items/0/state").asText().equals("recording"));
    assertEquals(99, WebFixture.tree(web.get(RECORDINGS)).at("/items/0/bytes").asLong());
  }

  @Test
  void aDeliveryThatFailedIsTriedAgain() throws Exception {
    web.vertx
        .deployVerticle(new UploadVerticle(web.ledger, web::settings))
        .await(20, TimeUnit.SECONDS);
    SegmentRow row = LedgerRows.ready(web.ledger, root, "Room/a.flv", 700, "gone");
    Topics.SEGMENT.publish(
        web.vertx,
        new SegmentNews(
            row.room(), 1, row.recording(), row.id(), 1, row.file(), 700, SegmentNews.What.READY));
    Await.until(LIMIT, "it needs a person", () -> state().equals("needs_you"));
    String id = WebFixture.tree(web.get(DELIVERIES)).at("/items/0/id").asText();
    HttpResponse<String> tried = web.json("POST", DELIVERIES + "/" + id + "/retry", "{}");
    assertEquals(200, tried.statusCode(), tried.body());
    assertEquals(id, WebFixture.tree(tried).get("id").asText());
    Await.until(
        LIMIT,
        "tried twice",
        () -> WebFixture.tree(web.get(DELIVERIES)).at("/items/0/tries").asInt() == 2);
    Await.until(LIMIT, "it needs a person again", () -> state().equals("needs_you"));
    HttpResponse<String> all = web.json("POST", DELIVERIES + "/retry", "{}");
    assertEquals("{\"count\":1}", all.body());
    assertEquals(404, web.json("POST", DELIVERIES + "/99999/retry", "{}").statusCode());
    assertEquals(404, web.json("POST", DELIVERIES + "/x/retry", "{}").statusCode());
  }

  private String state() {
    return WebFixture.tree(web.get(DELIVERIES)).at("/items/0/state").asText();
  }

  @Test
  void leavesOutWhatNothingWasKeptOf() {
    recording(new RoomKey("direct", "http://a"), true);
    assertEquals("{\"items\":[],\"next\":null}", web.get(RECORDINGS).body());
  }

  @Test
  void pagesThroughTheRecordingsOfARoom() {
    RoomKey wanted = new RoomKey("direct", "http://wanted");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(0, "" + recording(wanted, false));
      recording(new RoomKey("direct", "http://other"), false);
      recording(wanted, true);
    }
    assertEquals(all, paged(RECORDINGS + "?limit=3&room=" + wanted.publicId(), 3));
    assertEquals(14, paged(RECORDINGS + "?limit=7", 7).size());
    assertEquals(14, paged(RECORDINGS + "?limit=200", 200).size());
    assertEquals(List.of(), paged(RECORDINGS + "?room=nobody", 50));
  }

  private List<String> paged(String path, int most) {
    List<String> ids = new ArrayList<>();
    String next = "";
    for (int pages = 0; next != null && pages < 20; pages++) {
      JsonNode page = WebFixture.tree(web.get(path + (next.isEmpty() ? "" : "&before=" + next)));
      assertTrue(page.get("items").size() <= most);
      page.get("items").forEach(item -> ids.add(item.get("id").asText()));
      next = page.get("next").isNull() ? null : page.get("next").asText();
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,query.limit",
    "limit=201,query.limit",
    "limit=x,query.limit",
    "limit=-1,query.limit",
    "limit=99999999999999999999,query.limit",
    "before=abc,query.before"
  })
  void refusesQueriesThatMakeNoSense(String query, String key) {
    for (String path : List.of(RECORDINGS, DELIVERIES)) {
      Problem.assertIs(400, key, web.get(path + "?" + query));
    }
  }

  @Test
  void refusesQueriesThatCannotBeDecoded() throws Exception {
    String answer = RawHttp.get(web.port(), RECORDINGS + "?limit=%zz");
    assertEquals(400, RawHttp.status(answer));
    assertTrue(answer.contains("\"key\":\"query\""), answer);
  }

  @Test
  void listsDeliveriesByState() {
    LedgerRows.ready(web.ledger, root, "a.flv", 5, "nas", "cloud");
    LedgerRows.ready(web.ledger, root, "b.flv", 6, "nas");
    JsonNode first = WebFixture.tree(web.get(DELIVERIES + "?limit=2"));
    assertEquals(2, first.get("items").size());
    JsonNode newest = first.at("/items/0");
    assertEquals("b.flv", newest.get("file").asText());
    assertEquals("nas", newest.get("target").asText());
    assertEquals("waiting", newest.get("state").asText());
    assertEquals("Room", newest.get("room_name").asText());
    assertEquals(LedgerRows.ROOM.publicId(), newest.get("room_id").asText());
    assertEquals(6, newest.get("bytes").asLong());
    assertEquals(0, newest.get("sent_bytes").asLong());
    assertTrue(newest.get("done_at").isNull());
    assertEquals(3, paged(DELIVERIES + "?limit=2", 2).size());
    assertEquals(3, paged(DELIVERIES + "?limit=2&state=waiting", 2).size());
    assertEquals(0, paged(DELIVERIES + "?state=done", 50).size());
    Problem.assertIs(400, "query.state", web.get(DELIVERIES + "?state=lost"));
  }

  @Test
  void tellsOfADeliveryFromItsRowAndItsNews() {
    RoomStatus room = FakeSiblings.room(LedgerRows.ROOM.id(), RoomState.WAITING);
    web.siblings.tell(room);
    LivePage page = LivePage.open(web);
    SegmentRow segment = LedgerRows.ready(web.ledger, root, "a.flv", 500, "nas");
    Topics.SEGMENT.publish(
        web.vertx,
        new SegmentNews(
            LedgerRows.ROOM,
            1,
            segment.recording(),
            segment.id(),
            1,
            "a.flv",
            500,
            SegmentNews.What.CLOSED));
    page.await("delivery", m -> m.at("/deliveries/0/state").asText().equals("waiting"));
    page.await("count", m -> m.at("/rooms/0/deliveries/waiting").asInt() == 1);
    DeliveryRow row = move(DeliveryRow.State.SENDING);
    Topics.DELIVERY.publish(web.vertx, new DeliveryNews(row.id(), "sending", 100, 500, 9));
    JsonNode sending =
        page.await("sending", m -> m.at("/deliveries/0/state").asText().equals("sending"));
    assertEquals(100, sending.at("/deliveries/0/sent_bytes").asLong());
    assertEquals(9, sending.at("/deliveries/0/bytes_per_second").asLong());
    assertEquals(100, WebFixture.tree(web.get(DELIVERIES)).at("/items/0/sent_bytes").asLong());
    move(DeliveryRow.State.DONE);
    Topics.DELIVERY.publish(web.vertx, new DeliveryNews(row.id(), "done", 500, 500, 0));
    JsonNode done = page.await("done", m -> m.at("/deliveries/0/state").asText().equals("done"));
    assertEquals(500, done.at("/deliveries/0/sent_bytes").asLong());
    page.await("count", m -> m.at("/rooms/0/deliveries/done").asInt() == 1);
    assertFalse(page.heard.isEmpty());
  }

  private DeliveryRow move(DeliveryRow.State state) {
    return LedgerRows.ask(
        web.ledger,
        rows -> {
          DeliveryRow old = rows.deliveries(Optional.empty(), Long.MAX_VALUE, 1).get(0);
          DeliveryRow row =
              new DeliveryRow(
                  old.id(),
                  old.recording(),
                  old.segment(),
                  old.roomId(),
                  old.root(),
                  old.file(),
                  old.target(),
                  state,
                  old.bytes(),
                  1,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  old.createdAt(),
                  state == DeliveryRow.State.DONE ? Optional.of(Instant.EPOCH) : Optional.empty());
          rows.updateDelivery(row);
          return row;
        });
  }
}
