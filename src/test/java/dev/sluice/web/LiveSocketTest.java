package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.EndCause;
import dev.sluice.bus.Notice;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSocketTest {
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

  @Test
  void beginsWithASnapshotAndCountsOn() {
    web.siblings.tell(FakeSiblings.room("http://a.test", RoomState.WAITING));
    LivePage page = LivePage.open(web);
    JsonNode snapshot = page.snapshot();
    assertEquals("1.2.3", snapshot.at("/server/version").asText());
    assertFalse(snapshot.at("/server/zone").asText().isEmpty());
    for (String link : List.of("http://b.test", "http://c.test")) {
      web.siblings.tell(FakeSiblings.room(link, RoomState.WAITING));
      page.await(link, message -> message.toString().contains(link));
    }
    List<Long> numbers = new ArrayList<>();
    page.heard.forEach(message -> numbers.add(message.get("n").asLong()));
    for (int i = 1; i < numbers.size(); i++) {
      assertEquals(numbers.get(i - 1) + 1, numbers.get(i), numbers.toString());
      assertEquals("delta", page.heard.get(i).get("type").asText());
    }
  }

  @Test
  void tellsEverythingThatChanges() {
    RoomStatus room = FakeSiblings.room("http://a.test", RoomState.RECORDING);
    web.siblings.tell(room);
    LivePage page = LivePage.open(web);
    long recording =
        LedgerRows.ask(
            web.ledger, rows -> rows.beginRecording(room.key(), "A", "", FakeSiblings.SINCE));
    Topics.RECORDING_PROGRESS.publish(
        web.vertx,
        new RecordingProgress(
            room.key(), 7, recording, true, 1000, 1001, 50, 2000, 1, 0, 0, "q", "f.flv"));
    JsonNode told =
        page.await("progress", message -> message.at("/rooms/0/recording/bytes").asLong() == 1000);
    assertEquals(
        "2026-11-24T20:15:00Z", told.at("/rooms/0/recording/started_at").asText(), told.toString());
    Topics.STORAGE_GATE.publish(web.vertx, new StorageGate(Path.of("/r"), true, 1, 2));
    page.await("storage", message -> message.at("/storage/0/free_bytes").asLong() == 1);
    Topics.NOTICE.publish(
        web.vertx,
        new Notice(Notice.Level.WARNING, Optional.of("x"), Reason.of("some.key", "some text")));
    page.await("notice", message -> message.at("/notices/0/key").asText().equals("some.key"));
    Topics.RECORDING_ENDED.publish(
        web.vertx,
        new RecordingEnded(
            room.key(), 1, 7, recording, EndCause.OVER, Reason.of("over", "it is over")));
    JsonNode ended =
        page.await("end", message -> message.at("/recordings/0").asText().equals("" + recording));
    assertTrue(ended.at("/rooms/0/recording").isNull(), ended.toString());
    Topics.ROOM_STATUS.publish(web.vertx, FakeSiblings.removed(room));
    page.await("removal", message -> message.at("/removed/0").asText().equals(room.id()));
  }

  @Test
  void isSilentWhileNothingChanges() {
    LivePage page = LivePage.open(web);
    page.snapshot();
    LivePage other = LivePage.open(web);
    other.snapshot();
    long begin = System.nanoTime();
    Await.until(LIMIT, "three seconds", () -> System.nanoTime() - begin > 3_000_000_000L);
    assertEquals(1, page.heard.size(), page.heard.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.test", "null", "http://127.0.0.1:1", "file://", ""})
  void refusesOtherOrigins(String origin) {
    assertEquals(403, refusal(LivePage.builder(web.client).header("origin", origin)));
  }

  @Test
  void takesItsOwnOrigin() {
    LivePage page = new LivePage();
    LivePage.builder(web.client)
        .header("origin", "http://127.0.0.1:" + web.port())
        .buildAsync(LivePage.address(web), page)
        .join();
    page.snapshot();
  }

  private int refusal(WebSocket.Builder builder) {
    return refusal(builder, web);
  }

  /** With which status a WebSocket is refused. */
  static int refusal(WebSocket.Builder builder, WebFixture web) {
    CompletionException failure =
        assertThrows(
            CompletionException.class,
            () -> builder.buildAsync(LivePage.address(web), new LivePage()).join());
    return assertInstanceOf(WebSocketHandshakeException.class, failure.getCause())
        .getResponse()
        .statusCode();
  }

  @Test
  void sharesTheStreamButNotWithoutEnd() {
    List<LivePage> pages = new ArrayList<>();
    for (int i = 0; i < LiveSocket.MAX_CLIENTS; i++) {
      pages.add(LivePage.open(web));
    }
    assertEquals(503, refusal(LivePage.builder(web.client)));
    pages.get(0).socket().abort();
    Await.until(
        LIMIT,
        "a free place",
        () -> {
          try {
            return !LivePage.open(web).socket().isInputClosed();
          } catch (CompletionException e) {
            return false;
          }
        });
    web.siblings.tell(FakeSiblings.room("http://b.test", RoomState.WAITING));
    pages.get(5).await("news", message -> message.toString().contains("b.test"));
  }

  /** What it misses is not kept for it: it starts again from what is true then. */
  @Test
  void tellsASlowClientTheStateInsteadOfEverythingItMissed() throws Exception {
    try (SlowPage slow = new SlowPage(web.port())) {
      LivePage fast = LivePage.open(web);
      for (int round = 1; fast.heard.size() < 14; round++) {
        int heard = fast.heard.size();
        tellOfManyRooms(round);
        Await.until(LIMIT, "a round", () -> fast.heard.size() > heard);
      }
      long present = fast.heard.get(fast.heard.size() - 1).get("n").asLong();
      int snapshots = 0;
      int messages = 0;
      for (long number = 0; number < present; messages++) {
        JsonNode message = slow.next();
        boolean snapshot = message.get("type").asText().equals("snapshot");
        assertTrue(snapshot || message.get("n").asLong() == number + 1);
        number = message.get("n").asLong();
        snapshots += snapshot ? 1 : 0;
      }
      assertEquals(2, snapshots);
      assertTrue(messages < fast.heard.size() - 3, messages + " messages");
    }
  }

  private void tellOfManyRooms(int round) {
    for (int i = 0; i < 200; i++) {
      RoomStatus room = FakeSiblings.room("http://many.test/" + i, RoomState.WAITING);
      Topics.ROOM_STATUS.publish(web.vertx, FakeSiblings.named(room, round + "x".repeat(8000)));
      web.siblings.rooms.put(i, room);
    }
  }

  /** Upgraded connections count once, and no longer when they are gone. */
  @Test
  void forgetsConnectionsThatAreGone() {
    for (int i = 0; i < Connections.MAX + 20; i++) {
      LivePage page = LivePage.open(web);
      page.socket().abort();
    }
    Await.until(LIMIT, "an answer", () -> web.get("/api/v1/health/live").statusCode() == 200);
    LivePage.open(web).snapshot();
  }

  @Test
  void endsAClientThatSendsTooLargeAFrame() {
    LivePage page = LivePage.open(web);
    page.socket().sendText("x".repeat(LiveSocket.MAX_FRAME + 1), true);
    Await.until(LIMIT, "an end", () -> page.socket().isInputClosed());
  }

  @Test
  void ignoresWhatClientsSay() {
    LivePage page = LivePage.open(web);
    page.socket().sendText("{\"type\":\"stop\"}", true).join();
    web.siblings.tell(FakeSiblings.room("http://b.test", RoomState.WAITING));
    page.await("news", message -> message.toString().contains("b.test"));
  }

  @Test
  void saysGoodbyeAtTheEnd() throws Exception {
    LivePage page = LivePage.open(web);
    page.snapshot();
    WebFixture ending = web;
    web = WebFixture.start();
    ending.close();
    Await.until(LIMIT, "a close frame", () -> page.closedWith == 1001);
  }

  @Test
  void isNoOrdinaryPage() {
    Problem.assertIs(426, "websocket", web.get("/api/v1/live"));
  }
}
