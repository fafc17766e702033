package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice record} as a process: exit codes, files and events, as users' scripts see them. */
class RecordCommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PATH = "/live.flv";

  @TempDir private Path out;
  private final LiveSource source = LiveSource.start();

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  private SluiceProcess record(String... more) {
    List<String> words =
        new ArrayList<>(List.of("record", "--out", out.toString(), "--grace", "1s", "--json"));
    words.addAll(List.of("--stall-timeout", "2s"));
    words.addAll(List.of(more));
    return SluiceProcess.start(words);
  }

  private String link(String path) {
    return source.uri(path).toString();
  }

  @Test
  void wrongUsageIsCode2() {
    List<List<String>> wrong =
        List.of(
            List.of("record"),
            List.of("record", "ftp://127.0.0.1/x"),
            List.of("record", link(PATH), "--split-every", "0s"),
            List.of("record", link(PATH), "--split-size", "many"),
            List.of("record", link(PATH), "--container", "avi"),
            List.of("record", link(PATH), "--no-such-option"),
            List.of("record", link(PATH), "--out", "/dev/null/folder"),
            List.of("record", link(PATH), "--header", "no colon"));
    List<SluiceProcess> runs = wrong.stream().map(SluiceProcess::start).toList();
    for (SluiceProcess run : runs) {
      try (run) {
        assertEquals(2, run.exitCode(LIMIT), run.toString());
        assertFalse(run.errors().isBlank(), run.toString());
        assertFalse(run.errors().contains("Exception"), run.toString());
      }
    }
    assertEquals(List.of(), source.connections());
  }

  @Test
  void writesMp4WhenAsked() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    try (SluiceProcess run = record(link(PATH), "--container", "mp4")) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
      Recorded recorded = new Recorded(out);
      assertEquals(1, recorded.files(".mp4").size(), run.toString());
      recorded.assertPlayable();
      recorded.assertHolds(FlvTags.frames(sample));
    }
  }

  @Test
  void recordsUntilTheBroadcastIsOver() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    try (SluiceProcess run = record(link(PATH))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
      Recorded recorded = new Recorded(out);
      assertEquals(1, recorded.media().size());
      recorded.assertHolds(FlvTags.frames(sample));
      recorded.assertPlayable();
      assertEquals(2, recorded.files("").size(), "one media file, one coverage file");
      assertEquals(0, recorded.coverage().get("gaps").size());
      assertEquals("over", run.events("ended").get(0).get("cause").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalClosesTheFiles(String signal) {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(PATH, Script.live(broadcast));
    try (SluiceProcess run = record(link(PATH), "--split-every", "2s")) {
      awaitSent(PATH, 150);
      int sent = source.framesSent(PATH).size();
      awaitSent(PATH, sent + 100);
      run.signal(signal);
      assertEquals(0, run.exitCode(Duration.ofSeconds(20)), run.toString());
      Recorded recorded = new Recorded(out);
      assertTrue(recorded.media().size() >= 2, run.toString());
      recorded.assertHoldsBeginning(source.framesOnce(PATH), sent);
      recorded.assertPlayable();
      assertFalse(recorded.coverage().get("ended_at").isNull(), "the recording is ended");
      assertEquals("stopped", run.events("ended").get(0).get("cause").asText());
    }
  }

  @Test
  void whatIsNotLiveIsCode1AndLeavesNothing() {
    source.on("/404", Script.status(404));
    source.on("/503", Script.status(503));
    source.on("/html", Script.html("<html>later</html>"));
    source.on("/json", Script.json("{\"error\": 1}"));
    source.on("/hls", Script.playlist("#EXTM3U\n"));
    source.on("/empty", Script.empty());
    List<String> paths = List.of("/404", "/503", "/html", "/json", "/hls", "/empty");
    try (SluiceProcess html = record(link("/html"));
        SluiceProcess all = record(paths.stream().map(this::link).toArray(String[]::new))) {
      assertEquals(1, html.exitCode(LIMIT), html.toString());
      assertEquals(1, all.exitCode(LIMIT), all.toString());
      assertEquals(paths.size(), all.events("not_live").size(), all.toString());
      for (JsonNode event : all.events("not_live")) {
        assertFalse(event.get("reason").asText().isBlank(), event.toString());
      }
    }
    assertEquals(List.of(), new Recorded(out).files(""));
  }

  @Test
  void oneOfTwoThatFailsIsCode1AndTheOtherIsRecorded() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    source.on("/html", Script.html("<html>later</html>"));
    try (SluiceProcess run = record(link(PATH), link("/html"))) {
      assertEquals(1, run.exitCode(LIMIT), run.toString());
      new Recorded(out).assertHolds(FlvTags.frames(sample));
      new Recorded(out).assertPlayable();
    }
  }

  @Test
  void theSameLinkTwiceIsOneConnection() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    String port = ":" + source.port();
    try (SluiceProcess run =
        record(
            "http://127.0.0.1" + port + "/live.flv",
            "HTTP://127.0.0.1" + port + "/x/../live.flv#top",
            "http://127.0.0.1" + port + "/%6Cive.flv")) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
      assertEquals(1, run.events("live").size());
    }
    assertEquals(1, source.mostOpen(PATH));
    assertEquals(
        1, source.connections(PATH).stream().filter(c -> !c.framesSent().isEmpty()).count());
    new Recorded(out).assertHolds(FlvTags.frames(sample));
  }

  @Test
  void recordsLinksSideBySideAndTellsOfEachInEvents() {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    List<String> paths = List.of("/a.flv", "/b.flv", "/c.flv");
    paths.forEach(path -> source.on(path, Script.live(broadcast)));
    try (SluiceProcess run = record(paths.stream().map(this::link).toArray(String[]::new))) {
      paths.forEach(path -> awaitSent(path, 150));
      broadcast.offAir();
      assertEquals(0, run.exitCode(LIMIT), run.toString());
      assertEquals(3, new Recorded(out).media().size());
      assertEquals(3, new Recorded(out).coverages().size());
      for (String path : paths) {
        String name = path.substring(1, 2);
        assertEquals(1, source.mostOpen(path));
        assertEventsOf(name, run.events());
        Path coverage =
            new Recorded(out)
                .files(".coverage.json").stream()
                    .filter(file -> file.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        assertEquals(source.framesOnce(path).size(), Recorded.frames(coverage).size());
      }
      new Recorded(out).assertPlayable();
    }
  }

  /** What docs/guide.md promises of the order, and that a closed file has its real size. */
  private void assertEventsOf(String name, List<JsonNode> all) {
    List<JsonNode> own = all.stream().filter(e -> e.get("name").asText().equals(name)).toList();
    List<String> names = own.stream().map(e -> e.get("event").asText()).toList();
    assertEquals("ended", names.get(names.size() - 1), names.toString());
    assertTrue(names.contains("progress"), names.toString());
    JsonNode closed =
        own.stream()
            .filter(e -> e.get("event").asText().equals("segment_closed"))
            .findFirst()
            .orElseThrow();
    Path file = out.resolve(closed.get("file").asText());
    assertEquals(file.toFile().length(), closed.get("bytes").asLong(), closed.toString());
  }

  @Test
  void waitsForALinkThatIsNotLive() {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4)));
    source.on(PATH, Script.live(broadcast));
    try (SluiceProcess run = record("--wait", link(PATH))) {
      Await.until(LIMIT, run::toString, () -> source.connections(PATH).size() >= 2);
      assertTrue(run.isAlive(), run.toString());
      assertFalse(run.events("waiting").isEmpty());
      broadcast.onAir();
      awaitSent(PATH, 100);
      broadcast.offAir();
      assertEquals(0, run.exitCode(LIMIT), run.toString());
      new Recorded(out).assertHolds(source.framesOnce(PATH));
    }
  }

  @Test
  void aSignalWhileItWaitsEndsItWithCode0() {
    try (SluiceProcess run = record("--wait", link(PATH))) {
      Await.until(LIMIT, run::toString, () -> !run.events("waiting").isEmpty());
      run.signal("TERM");
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertEquals(List.of(), new Recorded(out).files(""));
  }

  private void awaitSent(String path, int frames) {
    Await.until(
        LIMIT,
        () -> frames + " frames sent on " + path + ": " + source.connections(path),
        () -> source.framesSent(path).size() >= frames);
  }
}
