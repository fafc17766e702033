package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.testing.Await;
import dev.sluice.testing.SluiceServer;
import dev.sluice.testing.StoredRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while recordings go into the trash, come back and are removed. */
class TrashCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int RECORDINGS = 120;
  private static final int[] SIZES = {1000, 2000, 3000};
  private static final int KILLS = 4;
  @TempDir private Path dir;

  @Test
  void everyRecordingIsWholeInOnePlaceAfterTheNextStart() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("kills while recordings move: -Dsluice.seed=" + seed);
    Random random = new Random(seed);
    Path root = dir.resolve("recordings");
    Path data = dir.resolve("data");
    try (StoredRecordings past = new StoredRecordings(data, root)) {
      for (int i = 0; i < RECORDINGS; i++) {
        past.add("Cam " + i, Instant.now().minus(Duration.ofHours(i + 1)), SIZES);
      }
    }
    String settings = "server: {port: 0}\nrecordings: {dir: \"" + root + "\"}\n";
    try (SluiceServer server = new SluiceServer(data, settings)) {
      for (int i = 0; i < KILLS; i++) {
        server.start();
        killAmongCommands(server, random);
      }
      server.start();
      Await.until(
          LIMIT,
          () -> "nothing is left half done: " + states(server),
          () -> states(server).keySet().stream().noneMatch(state -> state.endsWith("ING")));
      server.stop();
      Map<String, Integer> states = states(server);
      System.out.println("ended as " + states);
      assertEquals(expected(server), files(root), "seed " + seed + " " + states);
    }
  }

  /** Asks for this and that on two lines until a random number of answers came, then kills. */
  private static void killAmongCommands(SluiceServer server, Random random) throws Exception {
    AtomicInteger answers = new AtomicInteger();
    ExecutorService askers = Executors.newFixedThreadPool(2);
    for (int line = 0; line < 2; line++) {
      long own = random.nextLong();
      askers.execute(() -> askAll(server, new Random(own), answers));
    }
    int wanted = random.nextInt(150);
    Await.until(LIMIT, () -> wanted + " answers", () -> answers.get() >= wanted);
    server.kill();
    askers.shutdown();
    askers.awaitTermination(30, TimeUnit.SECONDS);
  }

  private static void askAll(SluiceServer server, Random random, AtomicInteger answers) {
    try {
      while (true) {
        int id = 1 + random.nextInt(RECORDINGS);
        switch (random.nextInt(5)) {
          case 0, 1, 2 -> server.ask("DELETE", "/recordings/" + id, "");
          case 3 -> server.ask("POST", "/recordings/" + id + "/restore", "");
          default -> server.ask("DELETE", "/trash/" + id, "");
        }
        answers.incrementAndGet();
      }
    } catch (RuntimeException e) {
      // killed
    }
  }

  private static Map<String, Integer> states(SluiceServer server) {
    Map<String, Integer> states = new TreeMap<>();
    for (String row : server.rows("select disposal, count(*) from recording group by disposal")) {
      String[] parts = row.split("\\|");
      states.put(parts[0], Integer.valueOf(parts[1]));
    }
    return states;
  }

  /** Where every file has to be, by the rows. */
  private static List<String> expected(SluiceServer server) {
    String files =
        "select r.id, r.disposal, f.file from recording r join (select recording, file from segment"
            + " union all select id, coverage from recording) f on f.recording = r.id";
    return server.rows(files).stream()
        .map(row -> row.split("\\|"))
        .filter(row -> !row[1].equals("REMOVED"))
        .map(row -> row[1].equals("KEPT") ? row[2] : ".sluice/trash/" + row[0] + "/" + row[2])
        .sorted()
        .toList();
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
