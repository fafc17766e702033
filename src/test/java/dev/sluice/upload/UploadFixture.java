package dev.sluice.upload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Files, settings and rows for tests of deliveries. */
final class UploadFixture {
  private UploadFixture() {}

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  /** Every file below, as paths relative to it, sorted; files may come and go meanwhile. */
  static List<String> filesIn(Path dir) {
    List<String> files = new ArrayList<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(dir.relativize(file).toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        };
    try {
      Files.walkFileTree(dir, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return files;
  }

  static Settings settings(Path root, Map<String, Path> dirs) {
    Map<String, Settings.Target> targets = new HashMap<>();
    dirs.forEach((name, dir) -> targets.put(name, new Settings.Target(name, "folder", dir)));
    return new Settings(
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
            List.copyOf(dirs.keySet()),
            Optional.empty(),
            Optional.empty()),
        Map.of(),
        targets,
        Map.of(),
        List.of());
  }

  static DeliveryRow delivery(long id, Path root, String file, long bytes) {
    return new DeliveryRow(
        id,
        1,
        1,
        "room",
        root,
        file,
        "nas",
        DeliveryRow.State.SENDING,
        bytes,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.now(),
        Optional.empty());
  }

  static List<DeliveryRow> deliveries(Ledger ledger) {
    return LedgerRows.ask(ledger, r -> r.deliveries(Optional.empty(), Long.MAX_VALUE, 1000));
  }

  static boolean allDone(Ledger ledger) {
    return deliveries(ledger).stream().allMatch(row -> row.state() == DeliveryRow.State.DONE);
  }

  static void await(String what, BooleanSupplier condition) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < limit, "waited in vain for: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
