package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.platform.Platforms;
import dev.sluice.settings.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageVerticleTest {
  @TempDir Path dir;
  private static final StorageVerticle.Pace PACE =
      new StorageVerticle.Pace(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20));

  private final Vertx vertx = Vertx.vertx();
  private final SqliteLedger ledger = SqliteLedger.inMemory();
  private final LinkedBlockingQueue<StorageGate> gates = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() {
    PassThroughCodec.register(vertx);
    Topics.STORAGE_GATE.consume(vertx, gates::add);
  }

  @AfterEach
  void end() {
    vertx.close().await();
    ledger.close();
  }

  private void deploy(Path root, Function<Path, RootProbe> probes) throws Exception {
    Settings settings =
        new Settings(
            new Settings.Server("127.0.0.1", 0, List.of(), List.of()),
            Settings.Storage.DEFAULT,
            new Settings.RoomDefaults(
                root,
                "{room}",
                dev.sluice.room.Container.FLV,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());
    vertx
        .deployVerticle(new StorageVerticle(ledger, () -> settings, new Platforms(), PACE, probes))
        .await(20, TimeUnit.SECONDS);
  }

  private StorageGate next() throws Exception {
    StorageGate gate = gates.poll(20, TimeUnit.SECONDS);
    assertNotNull(gate, "no gate came");
    return gate;
  }

  @Test
  void aMissingFolderIsMadeAndMeasuredAgainAndAgain() throws Exception {
    Path root = dir.resolve("a/recordings");
    deploy(root, RootProbe::new);
    for (int i = 0; i < 3; i++) {
      StorageGate gate = next();
      assertEquals(root, gate.root());
      assertTrue(gate.open());
      assertTrue(gate.freeBytes() > 0 && gate.totalBytes() >= gate.freeBytes(), gate.toString());
    }
    assertTrue(Files.isDirectory(root));
  }

  @Test
  void aFileInTheFoldersPlaceClosesTheGateUntilItIsGone() throws Exception {
    Path root = Files.createFile(dir.resolve("recordings"));
    deploy(root, RootProbe::new);
    assertFalse(next().open());
    Files.delete(root);
    StorageGate gate = next();
    for (int i = 0; i < 100 && !gate.open(); i++) {
      gate = next();
    }
    assertTrue(gate.open());
  }

  @Test
  void aDiskThatHangsIsSaidToBeClosedAndGetsNoSecondMeasurement() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    ExecutorService disk =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable task) {
            begun.incrementAndGet();
            await(answers);
          }
        };
    Function<Path, RootProbe> hanging = root -> new RootProbe(root, disk);
    deploy(dir, hanging);
    for (int i = 0; i < 3; i++) {
      StorageGate gate = next();
      assertEquals(new StorageGate(dir, false, -1, -1), gate.closed(Optional.empty()));
      assertEquals("storage.absent", gate.closed().orElseThrow().key());
    }
    assertEquals(1, begun.get());
    answers.countDown();
    StorageGate gate = next();
    for (int i = 0; i < 100 && !gate.open(); i++) {
      gate = next();
    }
    assertTrue(gate.open(), "a disk that answers again is open again");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
