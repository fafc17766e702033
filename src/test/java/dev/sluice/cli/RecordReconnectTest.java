package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.ServedConnection;
import dev.sluice.testing.SluiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice record} takes for a drop and what for the end of a broadcast. */
class RecordReconnectTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration LEG = Duration.ofSeconds(1);
  private static final String PATH = "/live.flv";

  @TempDir private Path out;
  private final LiveSource source = LiveSource.start();
  private final LiveSource other = LiveSource.start();

  /** One GOP is longer than any pause here: a new connection gets all that was missed. */
  private final Broadcast broadcast =
      Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(20), 200));

  @AfterEach
  void close() {
    source.close();
    other.close();
    assertEquals(List.of(), source.failures());
    assertEquals(List.of(), other.failures());
  }

  private SluiceProcess record(String grace, String stall, String... more) {
    List<String> words = new ArrayList<>(List.of("record", "--out", out.toString(), "--json"));
    words.addAll(List.of("--grace", grace, "--stall-timeout", stall));
    words.addAll(List.of(more));
    return SluiceProcess.start(words);
  }

  private String link(String path) {
    return source.uri(path).toString();
  }

  @Test
  void asksTheGivenLinkAgainWhenARedirectedAddressExpires() {
    broadcast.onAir();
    source.on(
        "/room",
        Script.redirect(302, "/a.flv"),
        Script.redirect(302, "/a.flv"),
        Script.redirect(302, "/b.flv"),
        Script.redirect(302, "/b.flv"),
        Script.redirect(302, other.uri("/c.flv").toString()),
        Script.redirect(302, other.uri("/c.flv").toString()),
        Script.redirect(302, "/d.flv"),
        Script.status(404));
    source.on("/a.flv", Script.join(broadcast).live(LEG).fin(), Script.status(403));
    source.on("/b.flv", Script.join(broadcast).live(LEG).reset(), Script.status(404));
    other.on("/c.flv", Script.join(broadcast).live(LEG).fin(), Script.status(410));
    source.on("/d.flv", Script.join(broadcast).live(LEG).fin());
    try (SluiceProcess run = record("1s", "3s", link("/room"))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    Set<Frame> sent = new LinkedHashSet<>();
    for (String path : List.of("/a.flv", "/b.flv")) {
      sent.addAll(source.framesSent(path));
    }
    sent.addAll(other.framesSent("/c.flv"));
    sent.addAll(source.framesSent("/d.flv"));
    assertHoldsAllInOneFile(List.copyOf(sent));
    // Once it took the given link to answer 404, and again until the grace was over.
    assertTrue(source.connections("/room").size() >= 9, source.connections("/room").toString());
  }

  @Test
  void unavailableForAWhileIsNoEnd() {
    broadcast.onAir();
    Script busy = Script.status(503).delay(Duration.ofMillis(500));
    source.on(
        PATH,
        Script.join(broadcast).live(LEG).fin(),
        busy,
        busy,
        busy,
        busy,
        busy,
        Script.join(broadcast).live(LEG).fin(),
        Script.status(404));
    try (SluiceProcess run = record("1s", "6s", link(PATH))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertHoldsAllInOneFile(source.framesOnce(PATH));
  }

  @Test
  void offlineForLessThanTheGraceIsNoEnd() {
    broadcast.onAir();
    Script gone = Script.status(404).delay(Duration.ofMillis(300));
    source.on(
        PATH,
        Script.join(broadcast).live(LEG).fin(),
        gone,
        gone,
        gone,
        Script.join(broadcast).live(LEG).fin(),
        Script.status(404));
    try (SluiceProcess run = record("3s", "10s", link(PATH))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertHoldsAllInOneFile(source.framesOnce(PATH));
  }

  @Test
  void offlineThroughTheGraceIsTheEndAndNotBefore() {
    broadcast.onAir();
    source.on(PATH, Script.live(broadcast));
    try (SluiceProcess run = record("3s", "10s", link(PATH))) {
      awaitSent(100);
      long since = System.nanoTime();
      broadcast.offAir();
      assertEndsAfterGrace(run, since);
    }
    assertHoldsAllInOneFile(source.framesOnce(PATH));
    assertTrue(source.connections(PATH).size() > 2, "it asked again");
  }

  @Test
  void aRefusedConnectionThroughTheGraceIsTheEnd() {
    broadcast.onAir();
    source.on(PATH, Script.live(broadcast));
    try (SluiceProcess run = record("3s", "10s", link(PATH))) {
      awaitSent(100);
      source.refuse();
      long since = System.nanoTime();
      broadcast.offAir();
      assertEndsAfterGrace(run, since);
    }
    assertHoldsAllInOneFile(source.framesOnce(PATH));
  }

  /** With a grace of 3 s. */
  private void assertEndsAfterGrace(SluiceProcess run, long since) {
    assertEquals(0, run.exitCode(LIMIT), run.toString());
    double seconds = (System.nanoTime() - since) / 1e9;
    assertTrue(seconds >= 2.9 && seconds < 9, "over after " + seconds + " s");
    assertEquals("over", run.events("ended").get(0).get("cause").asText());
  }

  @Test
  void aStallIsADropAndTheConnectionIsClosed() {
    broadcast.onAir();
    source.on(
        PATH,
        Script.join(broadcast).live(LEG).stall(),
        Script.join(broadcast).live(LEG).fin(),
        Script.status(404));
    try (SluiceProcess run = record("1s", "2s", link(PATH))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertHoldsAllInOneFile(source.framesOnce(PATH));
    ServedConnection stalled = source.connections(PATH).get(0);
    assertEquals(ServedConnection.Ending.CLIENT, stalled.ending(), stalled.toString());
    assertEquals(1, source.mostOpen(PATH));
  }

  @Test
  void nothingNewThroughStallTimeoutAndGraceIsTheEnd() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin());
    try (SluiceProcess run = record("1s", "1s", link(PATH))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertTrue(source.connections(PATH).size() > 2, "it asked again");
    assertHoldsAllInOneFile(FlvTags.frames(sample));
  }

  @Test
  void aResolverThatNamesADeadAddressIsTheEndAfterStallTimeoutAndGrace() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on("/room", Script.redirect(302, PATH));
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(410));
    try (SluiceProcess run = record("1s", "1s", link("/room"))) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    assertHoldsAllInOneFile(FlvTags.frames(sample));
    assertEquals(source.connections(PATH).size(), source.connections("/room").size());
  }

  @Test
  void whatADropTookIsAGap() {
    Broadcast shortGops = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(PATH, Script.live(shortGops));
    try (SluiceProcess run = record("5s", "5s", link(PATH))) {
      awaitSent(100);
      shortGops.offAir();
      Await.until(LIMIT, "asked in vain", () -> source.connections(PATH).size() >= 4);
      int sent = source.framesSent(PATH).size();
      shortGops.resume();
      awaitSent(sent + 150);
      shortGops.offAir();
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    Recorded recorded = new Recorded(out);
    recorded.assertHolds(source.framesOnce(PATH));
    recorded.assertPlayable();
    JsonNode gaps = recorded.coverage().get("gaps");
    assertEquals(1, gaps.size(), gaps.toString());
    assertTrue(gaps.get(0).get("duration_ms").asLong() > 500, gaps.toString());
  }

  @Test
  void sendsHeadersButNoSecretsToAnotherHost() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    source.on("/room", Script.redirect(302, "/next"), Script.status(404));
    source.on("/next", Script.redirect(307, other.uri("/live.flv").toString()));
    other.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin());
    String given = link("/room").replace("127.0.0.1", "localhost");
    try (SluiceProcess run =
        record(
            "1s",
            "2s",
            given,
            "--header",
            "Cookie: a=1",
            "--header",
            "X-Room: 7",
            "--header",
            "Authorization: Basic eA==",
            "--user-agent",
            "Player/1",
            "--referer",
            "http://x.example/")) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    for (String path : List.of("/room", "/next")) {
      Map<String, String> headers = source.connections(path).get(0).request().headers();
      assertEquals("a=1", headers.get("Cookie"), path);
      assertEquals("Basic eA==", headers.get("Authorization"), path);
    }
    Map<String, String> headers = other.connections(PATH).get(0).request().headers();
    assertFalse(headers.containsKey("Cookie"), headers.toString());
    assertFalse(headers.containsKey("Authorization"), headers.toString());
    assertEquals("7", headers.get("X-Room"));
    assertEquals("Player/1", headers.get("User-Agent"));
    assertEquals("http://x.example/", headers.get("Referer"));
    assertHoldsAllInOneFile(FlvTags.frames(sample));
  }

  private void assertHoldsAllInOneFile(List<Frame> sent) {
    Recorded recorded = new Recorded(out);
    assertEquals(1, recorded.media().size(), recorded.media().toString());
    recorded.assertHolds(sent);
    recorded.assertPlayable();
    assertEquals(0, recorded.coverage().get("gaps").size(), recorded.coverage().toString());
  }

  private void awaitSent(int frames) {
    Await.until(
        LIMIT,
        () -> frames + " frames sent: " + source.connections(PATH),
        () -> source.framesSent(PATH).size() >= frames);
  }
}
