package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ADDRESS = "http://127.0.0.1:8080";

  @TempDir private Path folder;

  /** Another server: locks a data directory, announces itself and stays. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws IOException {
      DataDirectory.open(Path.of(args[0])).announce(args[1]);
      System.out.println("open");
      System.out.flush();
      long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000_000);
      }
    }
  }

  @Test
  void aSecondServerIsToldWhoRunsAndWhere() {
    try (TestProcess server = server()) {
      DataDirectory.InUse refused =
          assertThrows(DataDirectory.InUse.class, () -> DataDirectory.open(folder));
      String message = refused.getMessage();
      assertTrue(message.contains("process " + server.pid()), message);
      assertTrue(message.contains(ADDRESS), message);
      assertTrue(message.contains(folder.toString()), message);
      assertTrue(message.contains("--data"), message);
    }
  }

  @Test
  void beingRefusedDoesNotFreeTheDirectory() {
    try (TestProcess server = server()) {
      assertThrows(DataDirectory.InUse.class, () -> DataDirectory.open(folder));
      assertThrows(DataDirectory.InUse.class, () -> DataDirectory.open(folder));
      assertTrue(server.isAlive());
    }
  }

  @Test
  void aKilledServerLeavesTheDirectoryFree() throws IOException {
    try (TestProcess server = server()) {
      server.kill();
      try (DataDirectory ours = DataDirectory.open(folder)) {
        assertEquals(ProcessHandle.current().pid() + "", DataDirectory.owner(folder).pid());
        assertEquals(folder, ours.path());
      }
    }
  }

  @Test
  void oneProcessDoesNotOpenItTwice() throws IOException {
    try (DataDirectory first = DataDirectory.open(folder)) {
      first.announce(ADDRESS);
      DataDirectory.InUse refused =
          assertThrows(DataDirectory.InUse.class, () -> DataDirectory.open(folder));
      assertTrue(refused.getMessage().contains(ADDRESS), refused.getMessage());
    }
    DataDirectory.open(folder).close();
  }

  @Test
  void theFolderIsMadeAndFilesStandInIt() throws IOException {
    Path deep = folder.resolve("a/b/../c");
    try (DataDirectory directory = DataDirectory.open(deep)) {
      assertTrue(Files.isDirectory(folder.resolve("a/c")));
      assertEquals(folder.resolve("a/c/ledger.db"), directory.ledger());
      assertEquals(folder.resolve("a/c/sluice.yaml"), directory.settings());
    }
  }

  @Test
  void aShorterAddressLeavesNoRestOfALongerOne() throws IOException {
    try (DataDirectory directory = DataDirectory.open(folder)) {
      directory.announce("http://a.very.long.name.example.test:8080");
      directory.announce("short");
      assertEquals("short", DataDirectory.owner(folder).address());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", " ", "77"})
  void aDamagedLockFileNamesNobody(String content) throws IOException {
    Files.writeString(folder.resolve("sluice.lock"), content);
    DataDirectory.Owner owner = DataDirectory.owner(folder);
    assertEquals(content.isBlank() ? "unknown" : content, owner.pid());
    assertEquals("address unknown", owner.address());
  }

  private TestProcess server() {
    TestProcess server =
        TestProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                folder.toString(),
                ADDRESS));
    Await.until(LIMIT, server::errors, () -> server.output().startsWith("open"));
    return server;
  }
}
