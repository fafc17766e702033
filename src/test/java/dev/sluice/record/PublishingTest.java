package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishingTest {
  @TempDir private Path folder;
  private Path part;
  private Path wanted;

  @BeforeEach
  void writePart() throws IOException {
    part = Files.writeString(folder.resolve("a.flv.7.part"), "recorded");
    wanted = folder.resolve("a.flv");
  }

  @Test
  void thePartGetsItsFinalName() throws IOException {
    assertEquals(wanted, Publishing.publish(part, wanted));
    assertEquals("recorded", Files.readString(wanted));
    assertFalse(Files.exists(part));
  }

  @Test
  void aTakenNameIsNeverReplaced() throws IOException {
    Files.writeString(wanted, "older");
    Files.writeString(folder.resolve("a (2).flv"), "old");
    assertEquals(folder.resolve("a (3).flv"), Publishing.publish(part, wanted));
    assertEquals("older", Files.readString(wanted));
    assertEquals("old", Files.readString(folder.resolve("a (2).flv")));
    assertEquals("recorded", Files.readString(folder.resolve("a (3).flv")));
  }

  @Test
  void aFolderTakesANameToo() throws IOException {
    Files.createDirectory(wanted);
    assertEquals(folder.resolve("a (2).flv"), Publishing.publish(part, wanted));
  }

  @Test
  void aCrashBetweenLinkAndUnlinkIsFinished() throws IOException {
    Files.createLink(wanted, part);
    assertEquals(wanted, Publishing.publish(part, wanted));
    assertEquals("recorded", Files.readString(wanted));
    assertFalse(Files.exists(part));
    assertFalse(Files.exists(folder.resolve("a (2).flv")));
  }

  @Test
  void aSymbolicLinkToThePartIsNoFinalName() throws IOException {
    Files.createSymbolicLink(wanted, part);
    Path name = Publishing.publish(part, wanted);
    assertEquals(folder.resolve("a (2).flv"), name);
    assertEquals("recorded", Files.readString(name));
  }

  @Test
  void aSymbolicLinkToNowhereTakesItsName() throws IOException {
    Files.createSymbolicLink(wanted, folder.resolve("nowhere"));
    assertEquals(folder.resolve("a (2).flv"), Publishing.publish(part, wanted));
    assertTrue(Files.isSymbolicLink(wanted));
  }

  @Test
  void whenEveryNameIsTakenThePartStays() throws IOException {
    for (int number = 1; number <= 999; number++) {
      Files.createFile(Publishing.numbered(wanted, number));
    }
    assertThrows(FileAlreadyExistsException.class, () -> Publishing.publish(part, wanted));
    assertEquals("recorded", Files.readString(part));
  }

  @Test
  void aMissingPartMakesNoFile() throws IOException {
    Files.delete(part);
    assertThrows(NoSuchFileException.class, () -> Publishing.publish(part, wanted));
    assertFalse(Files.exists(wanted));
  }

  @Test
  void manyPartsAtOnceGetANameEach() throws Exception {
    int parts = 24;
    ExecutorService threads = Executors.newFixedThreadPool(parts);
    CountDownLatch start = new CountDownLatch(1);
    Set<Path> names = new HashSet<>();
    Set<String> contents = new HashSet<>();
    try {
      java.util.List<Future<Path>> published = new java.util.ArrayList<>();
      for (int i = 0; i < parts; i++) {
        Path mine = Files.writeString(folder.resolve("a.flv." + (100 + i) + ".part"), "part " + i);
        Callable<Path> work =
            () -> {
              start.await();
              return Publishing.publish(mine, wanted);
            };
        published.add(threads.submit(work));
      }
      start.countDown();
      for (Future<Path> each : published) {
        Path name = each.get(20, TimeUnit.SECONDS);
        names.add(name);
        contents.add(Files.readString(name));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(parts, names.size());
    assertEquals(parts, contents.size());
  }

  @Test
  void whereLinksAreMissingOneOfTwoGetsTheNameAndNoneIsLost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 1000; round++) {
        Path name = folder.resolve(round + ".flv");
        CyclicBarrier together = new CyclicBarrier(2);
        java.util.List<Future<Boolean>> moves = new java.util.ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Path mine = Files.writeString(folder.resolve(round + "." + i + ".part"), "part");
          Callable<Boolean> work =
              () -> {
                together.await(20, TimeUnit.SECONDS);
                return Publishing.moveWhereLinksAreMissing(mine, name);
              };
          moves.add(threads.submit(work));
        }
        boolean first = moves.get(0).get(20, TimeUnit.SECONDS);
        boolean second = moves.get(1).get(20, TimeUnit.SECONDS);
        assertTrue(first != second, "round " + round + ": one has the name, one its part");
        assertEquals(first, !Files.exists(folder.resolve(round + ".0.part")));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void numbersStandBeforeTheEnding() {
    assertEquals(Path.of("x/a.b.flv"), Publishing.numbered(Path.of("x/a.b.flv"), 1));
    assertEquals(Path.of("x/a.b (12).flv"), Publishing.numbered(Path.of("x/a.b.flv"), 12));
  }
}
