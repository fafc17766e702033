package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import dev.sluice.testing.Exposition;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private WebFixture web;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private Exposition metrics() {
    HttpResponse<String> answer = web.get("/metrics");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("content-type").orElse(""));
    return new Exposition(answer.body());
  }

  @Test
  void isForWhoMayRead() {
    assertEquals(401, web.send(web.stranger("/metrics").GET()).statusCode());
    assertEquals(401, web.send(web.stranger("/api/v1/metrics").GET()).statusCode());
    assertEquals(200, web.get("/api/v1/metrics").statusCode());
  }

  @Test
  void hasTheNamesAndLabelsThatArePromised() {
    web.siblings.tell(FakeSiblings.room("http://a.test", RoomState.RECORDING));
    Topics.STORAGE_GATE.publish(web.vertx, new StorageGate(Path.of("/nas"), true, 5, 9));
    Await.until(
        LIMIT,
        "room and disk are there",
        () ->
            metrics()
                .types()
                .keySet()
                .containsAll(Set.of("sluice_live", "sluice_disk_free_bytes")));
    Exposition metrics = metrics();
    assertEquals(
        new TreeSet<>(
            Set.of(
                "sluice_deliveries",
                "sluice_disk_free_bytes",
                "sluice_gap_seconds_total",
                "sluice_heap_max_bytes",
                "sluice_heap_used_bytes",
                "sluice_live",
                "sluice_received_bytes_total",
                "sluice_recording",
                "sluice_repeated_seconds_total",
                "sluice_room_info",
                "sluice_segments_total",
                "sluice_uptime_seconds",
                "sluice_written_bytes_total")),
        new TreeSet<>(metrics.types().keySet()));
    Set<String> labels =
        metrics.samples().stream()
            .filter(sample -> !sample.name().equals("sluice_room_info"))
            .flatMap(sample -> sample.labels().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of("result", "room", "root", "state"), labels);
    assertEquals(5, metrics.sum("sluice_disk_free_bytes", "root", "/nas"));
  }

  @Test
  void carriesAnyNameAndLeavesRemovedRoomsOut() {
    String nasty = "a\"b\\c\nd{x=\"1\"} 2\u202e星🎮";
    RoomStatus room = FakeSiblings.named(FakeSiblings.room("http://a.test", RoomState.LIVE), nasty);
    web.siblings.tell(room);
    Await.until(LIMIT, "it is live", () -> metrics().sum("sluice_live", "room", room.id()) == 1);
    assertEquals(1, metrics().sum("sluice_room_info", "name", nasty));
    assertEquals(0, metrics().sum("sluice_recording", "room", room.id()));
    Topics.ROOM_STATUS.publish(web.vertx, FakeSiblings.removed(room));
    Await.until(
        LIMIT,
        "it is gone",
        () ->
            metrics().samples().stream()
                .noneMatch(sample -> room.id().equals(sample.labels().get("room"))));
  }

  @Test
  void failsWithItsLedger() {
    web.ledger.close();
    HttpResponse<String> answer = web.get("/metrics");
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("ledger"), answer.body());
  }
}
