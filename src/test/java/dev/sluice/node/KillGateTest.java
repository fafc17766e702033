package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.SluiceServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment while five rooms are live; each new start goes on without a person. */
class KillGateTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int ROOMS = 5;
  private static final int KILLS = Boolean.getBoolean("sluice.full") ? 200 : 5;
  private static final int LONGEST_RUN_MS = 2500;
  private static final long FIRST_BYTES_MS = 5000;

  /** What is on the way between the source, the program and the kernel. */
  private static final long USUALLY_ON_THE_WAY_MS = 150;

  private static final long MOST_ON_THE_WAY_MS = 1000;

  @TempDir private Path dir;
  private final LiveSource source = LiveSource.start();
  private final List<KilledRoom> rooms = new ArrayList<>();
  private final List<Long> startMs = new ArrayList<>();
  private final List<Long> onTheWayMs = new ArrayList<>();

  @AfterEach
  void close() {
    source.close();
    assertEquals(List.of(), source.failures());
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyStartGoesOnAndNothingThatReachedTheKernelIsLost() {
    Random random = new Random(Seeds.of("KillGateTest"));
    // Long enough that most new connections bring again what was missed, and short enough that
    // what a start remembers of the files reaches back to its beginning.
    Broadcast live =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(60), 25, Duration.ofSeconds(10), 100));
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(new KilledRoom(i, source, live, dir.resolve("recordings")));
    }
    try (SluiceServer server = new SluiceServer(dir.resolve("data"), settings())) {
      live.onAir();
      for (int kill = 0; kill < KILLS; kill++) {
        start(server);
        awaitSomeTime(random.nextInt(LONGEST_RUN_MS));
        rooms.forEach(KilledRoom::noteWhatWasSent);
        server.kill();
        rooms.forEach(room -> onTheWayMs.add(room.lostMs()));
      }
      start(server);
      live.offAir();
      Await.until(LIMIT, () -> "all rooms wait: " + server.rooms(), () -> allWait(server));
      server.stop();
      rooms.forEach(KilledRoom::assertWholeAndTold);
      assertEquals(List.of(ROOMS + ""), server.rows("select count(*) from recording"));
    }
    assertFigures();
  }

  private String settings() {
    StringBuilder text = new StringBuilder("server: {port: 0}\n");
    text.append("recordings: {dir: \"").append(dir.resolve("recordings")).append("\"}\n");
    text.append("monitor: {every: 1s, grace: 3s, stall_timeout: 3s}\nrooms:\n");
    rooms.forEach(room -> text.append(room.settings()));
    return text.toString();
  }

  /** Starts it; each room must get new bytes in time. */
  private void start(SluiceServer server) {
    rooms.forEach(KilledRoom::noteParts);
    long began = System.nanoTime();
    server.start();
    Await.until(
        LIMIT,
        () -> "all rooms record: " + server.rooms() + server.process(),
        () -> rooms.stream().allMatch(KilledRoom::hasNewBytes));
    startMs.add((System.nanoTime() - began) / 1_000_000);
  }

  /** Until a random moment, which is what this test is about. */
  private static void awaitSomeTime(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    Await.until(LIMIT, "the moment", () -> System.nanoTime() - end >= 0);
  }

  private static boolean allWait(SluiceServer server) {
    return server.rooms().stream().allMatch(room -> room.get("state").asText().equals("waiting"));
  }

  private void assertFigures() {
    startMs.sort(null);
    onTheWayMs.sort(null);
    String figures =
        "%d kills, first new bytes after %s ms, on the way %s ms; -Dsluice.seed=%d"
            .formatted(KILLS, startMs, onTheWayMs, Seeds.seed());
    System.out.println(figures);
    assertTrue(startMs.get(startMs.size() - 1) <= FIRST_BYTES_MS, figures);
    assertTrue(onTheWayMs.get(onTheWayMs.size() / 2) <= USUALLY_ON_THE_WAY_MS, figures);
    assertTrue(onTheWayMs.get(onTheWayMs.size() - 1) <= MOST_ON_THE_WAY_MS, figures);
  }
}
