package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One room has one recorder, whoever adds it, and whatever is edited while it records. */
class OneRoomTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PATH = "/live.flv";
  private static final int EDITS = 50;

  @TempDir private Path dir;
  private final LiveSource source = LiveSource.start();
  private final Broadcast broadcast =
      Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  private SluiceServer server(String rooms) {
    source.on(PATH, Script.live(broadcast));
    return new SluiceServer(dir.resolve("data"), settings(rooms)).start();
  }

  private String settings(String rooms) {
    return """
        server: {port: 0}
        recordings:
          dir: "%s"
          name: "{name} {start:HH.mm.ss} {part:000}"
        # edited
        monitor:
          every: 1s
          grace: 2s
        rooms:
        %s"""
        .formatted(dir.resolve("recordings"), rooms);
  }

  private String link() {
    return source.uri(PATH).toString();
  }

  private Recorded recorded() {
    return new Recorded(dir.resolve("recordings"));
  }

  /** The same address in eight ways (RFC 3986 §6.2.2 and §6.2.3). */
  private List<String> spellings() {
    String port = ":" + source.port();
    return List.of(
        "http://localhost" + port + "/live.flv?a=~b",
        "HTTP://localhost" + port + "/live.flv?a=~b",
        "http://LocalHost" + port + "/live.flv?a=~b",
        "http://localhost." + port + "/live.flv?a=~b",
        "http://localhost" + port + "/./x/../live.flv?a=~b",
        "http://localhost" + port + "/%6Cive.flv?a=%7Eb",
        "http://localhost" + port + "/live%2eflv?a=%7eb",
        "http://localhost" + port + "/live.flv?a=~b#here");
  }

  @Test
  void addedByFileAndManyClientsAtOnceItIsOneRoomWithOneConnection() throws Exception {
    try (SluiceServer server = server("  []\n")) {
      List<String> links = spellings();
      CyclicBarrier together = new CyclicBarrier(2 * links.size() + 1);
      List<CompletableFuture<SluiceServer.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 2 * links.size(); i++) {
        String body = "{\"link\": \"" + links.get(i % links.size()) + "\"}";
        replies.add(inThread(together, () -> server.post("/rooms", body)));
      }
      together.await();
      StringBuilder rooms = new StringBuilder();
      links.forEach(link -> rooms.append("  - \"").append(link).append("\"\n"));
      server.settings(settings(rooms.toString()));
      for (CompletableFuture<SluiceServer.Reply> reply : replies) {
        SluiceServer.Reply got = reply.join();
        assertTrue(got.status() == 201 || got.status() == 200, got.toString());
        assertEquals(got.status() == 200, got.body().path("already").asBoolean(), "" + got);
      }
      long made = replies.stream().filter(reply -> reply.join().status() == 201).count();
      assertTrue(made <= 1, made + " were told that they made the room");
      // The file names all eight as soon as it is read, and still it is one room. Two that write a
      // file at the same moment may overwrite each other: then the user saves again.
      Await.until(
          LIMIT,
          () -> "all links are shown: " + server.rooms(),
          () -> {
            if (!links.stream().allMatch(server.settings()::contains)) {
              server.settings(settings(rooms.toString()));
            }
            return server.rooms().size() == 1 && server.rooms().get(0).get("links").size() == 8;
          });
      server.awaitState("recording");
      awaitSent(200);
      server.stop();
    }
    assertEquals(1, source.connections(PATH).size(), source.connections(PATH).toString());
    assertEquals(1, recorded().media().size());
    recorded().assertHoldsBeginning(source.framesOnce(PATH), 100);
  }

  private static CompletableFuture<SluiceServer.Reply> inThread(
      CyclicBarrier together, java.util.function.Supplier<SluiceServer.Reply> request) {
    CompletableFuture<SluiceServer.Reply> reply = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                together.await();
                reply.complete(request.get());
              } catch (Exception e) {
                reply.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return reply;
  }

  @Test
  void aHundredEditsDoNotTouchTheRecording() {
    try (SluiceServer server = server("")) {
      server.post("/rooms", "{\"link\": \"" + link() + "\"}");
      server.awaitState("recording");
      String room = "/rooms/" + server.rooms().get(0).get("id").asText();
      for (int i = 0; i < EDITS; i++) {
        SluiceServer.Reply reply = edit(server, room, i);
        assertEquals(2, reply.status() / 100, i + ": " + reply);
        server.settings(
            server
                .settings()
                .replaceFirst("# edited.*", "# edited " + i)
                .replaceFirst("every: \\d+s", "every: " + (1 + i % 3) + "s"));
        int now = source.framesSent(PATH).size();
        awaitSent(now + 5);
      }
      awaitSent(source.framesSent(PATH).size() + 150);
      assertEquals("recording", server.rooms().get(0).get("state").asText());
      assertTrue(server.settings().contains("# edited " + (EDITS - 1)), server.settings());
      assertEquals(1, source.connections(PATH).size(), source.connections(PATH).toString());
      broadcast.offAir();
      Await.until(
          LIMIT,
          () -> "over: " + server.rooms(),
          () -> server.rooms().get(0).get("state").asText().equals("waiting"));
      server.stop();
      assertEquals(List.of("1"), server.rows("select count(*) from attempt"));
    }
    recorded().assertHolds(source.framesOnce(PATH));
    recorded().assertPlayable();
    assertEquals(0, recorded().coverage().get("gaps").size());
  }

  private static SluiceServer.Reply edit(SluiceServer server, String room, int i) {
    return switch (i % 5) {
      case 0 -> server.ask("PATCH", room, "{\"name\": \"name " + i + "\"}");
      case 1 ->
          server.ask(
              "PATCH",
              "/settings",
              "{\"recordings\": {\"split\": {\"every\": \"" + (60 + i) + "m\"}}}");
      case 2 -> server.post("/rooms", "{\"link\": \"http://127.0.0.1:1/" + i + ".flv\"}");
      case 3 -> server.ask("PATCH", room, "{\"headers\": {\"X-Edit\": \"" + i + "\"}}");
      default ->
          server.ask(
              "PATCH", "/settings", "{\"monitor\": {\"stall_timeout\": \"" + (5 + i) + "s\"}}");
    };
  }

  @Test
  void pausingAndRemovingEndTheRecording() {
    try (SluiceServer server = server("  - " + link() + "\n")) {
      server.awaitState("recording");
      awaitSent(100);
      String room = "/rooms/" + server.rooms().get(0).get("id").asText();
      assertEquals(200, server.ask("PATCH", room, "{\"record\": false}").status());
      server.awaitState("paused");
      assertEquals(0, source.openNow(PATH));
      assertEquals(List.of(), recorded().parts());
      assertEquals(1, source.connections(PATH).size(), "a paused room is not looked at");

      assertEquals(200, server.ask("PATCH", room, "{\"record\": true}").status());
      server.awaitState("recording");
      assertEquals(204, server.ask("DELETE", room, "").status());
      Await.until(LIMIT, "the room is gone", () -> server.rooms().isEmpty());
      assertFalse(server.settings().contains(link()), server.settings());
      assertEquals(0, source.openNow(PATH));
      assertEquals(404, server.get(room).status());
      recorded().assertPlayable();
      server.stop();
    }
  }

  @Test
  void aRoomThatOnlyNotifiesIsLookedAtAndRecordedAsSoonAsThatIsWanted() {
    try (SluiceServer server = server("  - {link: '" + link() + "', mode: notify}\n")) {
      server.awaitState("live");
      assertEquals("notify", server.rooms().get(0).get("reason_key").asText());
      int asked = source.connections(PATH).size();
      Await.until(LIMIT, "it looks again", () -> source.connections(PATH).size() >= asked + 2);
      assertEquals(List.of(), recorded().media());
      assertEquals(List.of(), recorded().parts());
      assertEquals(List.of("0"), server.rows("select count(*) from recording"));
      String room = "/rooms/" + server.rooms().get(0).get("id").asText();
      assertEquals(200, server.ask("PATCH", room, "{\"mode\": \"record\"}").status());
      server.awaitState("recording");
      awaitSent(100);
      assertEquals(200, server.ask("PATCH", room, "{\"mode\": \"notify\"}").status());
      server.awaitState("live");
      assertEquals(List.of(), recorded().parts(), "the file is finished");
      recorded().assertPlayable();
      server.stop();
    }
  }

  @Test
  void aStopHoldsOverARestartUntilTheNextBroadcast() {
    try (SluiceServer server = server("  - " + link() + "\n")) {
      server.awaitState("recording");
      awaitSent(100);
      String room = "/rooms/" + server.rooms().get(0).get("id").asText();
      assertEquals(202, server.post(room + "/stop", "").status());
      server.awaitState("live");
      assertEquals("stopped.by_user", server.rooms().get(0).get("reason_key").asText());
      server.stop();
      int files = recorded().media().size();
      int asked = source.connections(PATH).size();

      server.start();
      Await.until(LIMIT, "looked", () -> source.connections(PATH).size() >= asked + 3);
      assertEquals("live", server.state());
      assertEquals(List.of(), recorded().parts());
      assertEquals(files, recorded().media().size());

      broadcast.offAir();
      server.awaitState("waiting");
      Await.until(LIMIT, "forgotten", () -> server.rows("select * from stopped").isEmpty());
      broadcast.onAir();
      server.awaitState("recording");
      server.stop();
      assertEquals(List.of("2"), server.rows("select count(*) from recording"));
    }
    recorded().assertPlayable();
  }

  private void awaitSent(int frames) {
    Await.until(
        LIMIT,
        () -> frames + " frames sent: " + source.connections(PATH),
        () -> source.framesSent(PATH).size() >= frames);
  }
}
