package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 and a new start. */
class ServerCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PATH = "/live.flv";
  private static final int KILLS = 5;

  @TempDir private Path dir;
  private final LiveSource source = LiveSource.start();
  private Path recordings;
  private Path target;

  @BeforeEach
  void folders() {
    recordings = dir.resolve("recordings");
    target = dir.resolve("target");
  }

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  private SluiceServer server(String split, String container) {
    String text =
        """
        server: {port: 0}
        recordings: {dir: "%s", name: "{name} {start:HH.mm.ss} {part:000}", split: {every: %s}, container: %s}
        monitor: {every: 1s, grace: 2s, stall_timeout: 3s}
        targets:
          nas: {type: folder, dir: "%s"}
        rooms:
          - %s
        """;
    return new SluiceServer(
        dir.resolve("data"),
        text.formatted(recordings, split, container, target, source.uri(PATH)));
  }

  @Test
  void partsAreFinishedEnteredAndDeliveredAndASecondStartChangesNothing() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(4))).onAir();
    source.on(PATH, Script.live(broadcast));
    Recorded recorded = new Recorded(recordings);
    try (SluiceServer server = server("2s", "flv")) {
      server.start();
      Await.until(
          LIMIT,
          () -> "two files are closed and a third has frames: " + server.process(),
          () -> recorded.media().size() >= 2 && recorded.framesInParts().size() > 30);
      server.kill();
      broadcast.offAir();
      Map<Path, List<Frame>> parts = parts(recorded);
      assertFalse(parts.isEmpty(), "a part is left");
      List<Frame> before = FlvTags.frames(recorded.media().toArray(Path[]::new));

      server.start();
      server.awaitState("waiting");
      awaitDelivered(server);
      server.stop();
      for (Map.Entry<Path, List<Frame>> part : parts.entrySet()) {
        FlvTags.assertSameFrames(part.getValue(), FlvTags.frames(finalName(part.getKey())));
      }
      int lost = parts.values().stream().mapToInt(List::size).sum() + before.size();
      assertEquals(lost, recorded.frames().size());
      recorded.assertHoldsBeginning(source.framesOnce(PATH), lost);
      recorded.assertPlayable();
      assertTargetHasAll(recorded);

      String state = state(server);
      int asked = source.connections(PATH).size();
      server.start();
      Await.until(LIMIT, "asked again", () -> source.connections(PATH).size() >= asked + 2);
      server.stop();
      assertEquals(state, state(server));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flv", "mp4"})
  void manyKillsLoseNothingAndRepeatNothing(String container) {
    // One GOP longer than the test: each new connection brings again all that there was.
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(60), 25, Duration.ofSeconds(60), 100));
    source.on(PATH, Script.live(broadcast));
    Random random = new Random(Seeds.of("kills"));
    Recorded recorded = new Recorded(recordings);
    try (SluiceServer server = server("off", container)) {
      long start = System.nanoTime();
      broadcast.onAir();
      List<Frame> reached = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        server.start();
        // Counted in the file: what is sent at the beginning of a connection comes all at once.
        int frames = random.nextInt(150);
        Await.until(
            LIMIT,
            () -> frames + " frames are in the file: " + server.process(),
            () -> recorded.framesInParts().size() >= frames);
        server.kill();
        reached.addAll(recorded.framesInParts());
      }
      server.start();
      Await.until(LIMIT, "frames are in the file", () -> recorded.framesInParts().size() >= 100);
      broadcast.offAir();
      server.awaitState("waiting");
      awaitDelivered(server);
      server.stop();

      String context = "-Dsluice.seed=" + Seeds.seed() + ": " + recorded.coverage();
      int missing = recorded.assertHoldsButForGaps(source.framesOnce(PATH));
      boolean oneGop = System.nanoTime() - start < Duration.ofSeconds(58).toNanos();
      assertEquals(0, oneGop ? missing : 0, context);
      assertTrue(recorded.frames().size() >= reached.size() + 100, context);
      assertTrue(recorded.media().size() > 2, "kills met files: " + context);
      assertEquals(List.of("1"), server.rows("select count(*) from recording"), context);
      recorded.assertPlayableTogether();
      assertTargetHasAll(recorded);
    }
  }

  private static Map<Path, List<Frame>> parts(Recorded recorded) throws IOException {
    Map<Path, List<Frame>> parts = new TreeMap<>();
    for (Path part : recorded.parts()) {
      parts.put(part, FlvTags.frames(FlvTags.parseCut(Files.readAllBytes(part))));
    }
    return parts;
  }

  private static Path finalName(Path part) {
    String name = part.getFileName().toString().replaceFirst("\\.\\d+\\.part$", "");
    return part.resolveSibling(name);
  }

  private static void awaitDelivered(SluiceServer server) {
    Await.until(
        LIMIT,
        () -> "all is delivered: " + server.rows("select file, state, error from delivery"),
        () ->
            server.rows("select count(*) from segment where state <> 'READY'").equals(List.of("0"))
                && server
                    .rows("select count(*) from delivery where state <> 'DONE'")
                    .equals(List.of("0")));
  }

  private void assertTargetHasAll(Recorded recorded) {
    List<Path> there = new Recorded(target).media();
    assertEquals(recorded.media().size(), there.size(), there.toString());
    for (Path file : recorded.media()) {
      Path copy = target.resolve(recordings.relativize(file));
      assertEquals(hash(file), hash(copy), file.toString());
    }
  }

  /** Every file of recordings and target by content, and every row that matters. */
  private String state(SluiceServer server) {
    StringBuilder state = new StringBuilder();
    for (Path root : List.of(recordings, target)) {
      new Recorded(root)
          .files("")
          .forEach(file -> state.append(file).append(' ').append(hash(file)).append('\n'));
    }
    for (String table : List.of("recording", "attempt", "segment", "gap", "delivery")) {
      server.rows("select * from " + table).forEach(row -> state.append(row).append('\n'));
    }
    return state.toString();
  }

  private static String hash(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
