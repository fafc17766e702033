package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.bus.StorageCommand.Remove;
import dev.sluice.bus.StorageCommand.Restore;
import dev.sluice.bus.StorageCommand.Trash;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.StorageReply.Outcome;
import dev.sluice.ledger.Disposal;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting on a disk that has no room left, for bytes or for names. */
@Tag("privileged")
class FullDiskTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int INODES = 24;
  @TempDir private Path dir;
  private StorageFixture storage;

  @BeforeEach
  void mount() throws Exception {
    Path disk = Files.createDirectory(dir.resolve("recordings"));
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=1m,nr_inodes=" + INODES,
        "sluice-test",
        disk.toString());
    storage = new StorageFixture(dir);
  }

  @AfterEach
  void unmount() throws Exception {
    storage.close();
    run("umount", dir.resolve("recordings").toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    process.waitFor(10, TimeUnit.SECONDS);
  }

  private Path fill() throws IOException {
    Path filler = storage.root.resolve("filler");
    assertThrows(IOException.class, () -> Files.write(filler, new byte[2 << 20]));
    return filler;
  }

  @Test
  void aDiskWithoutAByteLeftGivesBackItsRoom() throws Exception {
    long id = storage.recording(300_000, 300_000);
    fill();
    storage.start("");
    assertEquals(StorageReply.done(), storage.ask(new Trash(id, false)));
    assertEquals(StorageReply.done(), storage.ask(new Restore(id)));
    storage.ask(new Trash(id, false));
    assertEquals(StorageReply.done(), storage.ask(new Remove(id)));
    assertEquals(List.of("filler"), storage.files());
    storage.write("next.flv", 500_000);
  }

  @Test
  void aDiskWithoutANameLeftPutsItOffAndIsTriedAgain() throws Exception {
    long id = storage.recording(1000);
    List<String> before = storage.files();
    for (int i = 0; i < INODES; i++) {
      try {
        storage.write("name " + i, 0);
      } catch (java.io.UncheckedIOException e) {
        break;
      }
    }
    storage.start("");
    assertEquals(Outcome.PENDING, storage.ask(new Trash(id, false)).outcome());
    assertEquals(Disposal.TRASHING, storage.disposal(id));
    for (int i = 0; i < 5; i++) {
      Files.delete(storage.root.resolve("name " + i));
    }
    Await.until(LIMIT, "it is in the trash", () -> storage.disposal(id) == Disposal.TRASHED);
    storage.ask(new Restore(id));
    List<String> after = storage.files().stream().filter(f -> !f.startsWith("name")).toList();
    assertEquals(before, after);
  }
}
