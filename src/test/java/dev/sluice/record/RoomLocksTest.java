package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.room.RoomKey;
import dev.sluice.testing.Await;
import dev.sluice.testing.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomLocksTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final RoomKey ROOM = new RoomKey("direct", "http://example.test/a.flv");
  private static final RoomKey OTHER = new RoomKey("direct", "http://example.test/b.flv");

  @TempDir private Path root;
  private RoomLocks locks;

  @BeforeEach
  void open() {
    locks = new RoomLocks(root);
  }

  @AfterEach
  void close() {
    locks.release(ROOM).join();
    locks.release(OTHER).join();
    locks.close();
  }

  @Test
  void aRoomThatNobodyHadHasEpochZero() {
    assertEquals(0, locks.acquire(ROOM).join());
  }

  @Test
  void theEpochIsKeptBesideTheLock() {
    locks.acquire(ROOM).join();
    locks.write(ROOM, 41).join();
    locks.write(ROOM, 7).join();
    locks.release(ROOM).join();
    assertEquals(7, locks.acquire(ROOM).join(), "what was written last, without rests");
    assertEquals(0, locks.acquire(OTHER).join(), "each room has its own");
  }

  @Test
  void noEpochIsWrittenWithoutTheLock() {
    assertThrows(CompletionException.class, () -> locks.write(ROOM, 1).join());
    locks.acquire(ROOM).join();
    locks.release(ROOM).join();
    assertThrows(CompletionException.class, () -> locks.write(ROOM, 1).join());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "no number", "-5 1", "99999999999999999999 1", "\u0000\u0000"})
  void aDamagedLockFileCountsAsEpochZero(String content) throws IOException {
    Files.createDirectories(root.resolve(".sluice"));
    Files.writeString(root.resolve(".sluice").resolve(ROOM.publicId() + ".lock"), content);
    assertEquals(0, locks.acquire(ROOM).join());
  }

  @Test
  void askingWhoHoldsARoomMakesNoFile() throws IOException {
    assertFalse(locks.isHeldElsewhere(ROOM).join());
    assertFalse(Files.exists(root.resolve(".sluice")));
    locks.acquire(ROOM).join();
    assertFalse(locks.isHeldElsewhere(ROOM).join(), "it is ours");
  }

  @Test
  void aRoomOfAnotherProcessIsNotOursUntilItEnds() {
    try (TestProcess holder = holder(ROOM, 12)) {
      assertTrue(locks.isHeldElsewhere(ROOM).join());
      assertEquals(-1, locks.acquire(ROOM).join());
      assertThrows(CompletionException.class, () -> locks.write(ROOM, 13).join());
      assertEquals(0, locks.acquire(OTHER).join(), "only that room");
      assertTrue(locks.isHeldElsewhere(ROOM).join(), "a refused try does not free it");

      holder.kill();

      assertFalse(locks.isHeldElsewhere(ROOM).join());
      assertEquals(12, locks.acquire(ROOM).join(), "its epoch is known here");
    }
  }

  @Test
  void ourRoomIsNotTheOtherProcessesUntilItIsReleased() {
    locks.acquire(ROOM).join();
    locks.write(ROOM, 3).join();
    locks.isHeldElsewhere(ROOM).join();
    try (TestProcess refused = start(ROOM, 4)) {
      assertTrue(refused.endsWithin(LIMIT));
      assertEquals("held -1", refused.output().strip());
    }
    locks.release(ROOM).join();
    try (TestProcess holder = holder(ROOM, 4)) {
      assertEquals("held 3", holder.output().strip());
    }
  }

  private TestProcess holder(RoomKey room, long epoch) {
    TestProcess holder = start(room, epoch);
    Await.until(LIMIT, holder::errors, () -> holder.output().startsWith("held"));
    return holder;
  }

  private TestProcess start(RoomKey room, long epoch) {
    return TestProcess.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            root.toString(),
            room.toString(),
            String.valueOf(epoch)));
  }
}
