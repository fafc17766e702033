package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.HookReceiver;
import dev.sluice.testing.HookReceiver.Got;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What webhooks are told of a whole broadcast, with a kill -9 in the middle of it. */
class WebhookCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String CANARY = "c4n4ry-of-the-query";

  @TempDir private Path dir;

  private SluiceServer server(LiveSource source, HookReceiver receiver) {
    String text =
        """
        server: {port: 0}
        recordings: {dir: "%s", split: {every: 2s}}
        monitor: {every: 1s, grace: 2s, stall_timeout: 3s}
        targets:
          nas: {type: folder, dir: "%s"}
        webhooks:
          mine: {url: "%s", private: true, secret_file: secret}
        rooms:
          - {link: "%s", name: Cam}
        """;
    return new SluiceServer(
        dir.resolve("data"),
        text.formatted(
            dir.resolve("recordings"),
            dir.resolve("target"),
            receiver.url("/hook?key=" + CANARY),
            source.uri("/live.flv?room=" + CANARY)));
  }

  @Test
  void theQueueSurvivesAKillAndNothingIsMissing() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    try (LiveSource source = LiveSource.start();
        HookReceiver receiver = HookReceiver.start()) {
      source.on("/live.flv", Script.live(broadcast));
      receiver.answers(got -> 503);
      Files.createDirectories(dir.resolve("data"));
      Files.writeString(dir.resolve("data/secret"), "s3cret\n");
      try (SluiceServer server = server(source, receiver)) {
        server.start();
        Await.until(
            LIMIT,
            () -> "files are delivered: " + server.process(),
            () -> waiting(server, "delivery.done") >= 2 && !receiver.got().isEmpty());
        server.kill();
        int before = receiver.got().size();
        List<String> queued = events(server);
        receiver.answers(got -> 200);
        server.start();
        server.awaitState("recording");
        broadcast.offAir();
        Await.until(
            LIMIT,
            () -> "the end is told: " + receiver.got() + server.process(),
            () -> !receiver.got("broadcast.ended").isEmpty());
        Set<String> told = new LinkedHashSet<>();
        receiver.got().stream().skip(before).map(Got::id).forEach(told::add);
        assertEquals(queued, told.stream().limit(queued.size()).toList(), "in their order");
        tellsTheWholeStory(receiver);
        saysWhatItDid(server);
        server.stop();
        String log = server.process().output();
        assertTrue(!log.contains(CANARY) && !log.contains("s3cret"), log);
      }
    }
  }

  private static void tellsTheWholeStory(HookReceiver receiver) {
    Got ready = receiver.got("segment.ready").get(0);
    assertEquals("Cam", ready.json().at("/room/name").asText());
    Path file = Path.of(ready.json().at("/values/path").asText());
    assertTrue(Files.isRegularFile(file), file.toString());
    assertEquals(file.toFile().length(), ready.json().at("/values/bytes").asLong());
    assertTrue(ready.headers().get("x-sluice-signature").startsWith("sha256="));
    Got ended = receiver.got("recording.ended").get(0);
    assertTrue(ended.json().at("/values/files").asInt() >= 2, ended.body());
    assertEquals("nas", receiver.got("delivery.done").get(0).json().at("/values/target").asText());
    assertTrue(receiver.got("notice").toString().contains("recording.recovered"));
    for (Got got : receiver.got()) {
      assertTrue(!got.body().contains(CANARY), got.body());
    }
  }

  private static void saysWhatItDid(SluiceServer server) {
    Await.until(
        LIMIT,
        "all is taken",
        () -> server.get("/webhooks").body().at("/items/0/waiting").asInt(-1) == 0);
    JsonNode hook = server.get("/webhooks").body().at("/items/0");
    assertEquals("127.0.0.1", hook.get("host").asText());
    assertTrue(hook.get("signed").asBoolean());
    JsonNode log = server.get("/webhooks/mine/log").body();
    assertTrue(!log.toString().contains(CANARY), log.toString());
    assertTrue(log.get("items").size() > 3, log.toString());
    assertEquals("done", log.at("/items/0/state").asText());
    JsonNode tested = server.post("/webhooks/mine/test", "").body();
    assertTrue(tested.get("ok").asBoolean(), tested.toString());
    assertEquals(404, server.post("/webhooks/other/test", "").status());
    assertEquals(404, server.get("/webhooks/other/log").status());
  }

  private static int waiting(SluiceServer server, String type) {
    return server
        .rows("select id from webhook_event where state = 'WAITING' and type = '" + type + "'")
        .size();
  }

  private static List<String> events(SluiceServer server) {
    return server.rows("select event from webhook_event where state = 'WAITING' order by id");
  }
}
