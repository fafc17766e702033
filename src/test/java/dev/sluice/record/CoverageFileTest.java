package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.ledger.RecordingRow;
import dev.sluice.room.RoomKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageFileTest {
  private static final int TIMES = 300;

  /** Whoever reads it meets the old one or the new one, whole, and never none. */
  @Test
  void itIsThereAndWholeAtEveryMoment(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("a.coverage.json");
    write(file);
    String whole = Files.readString(file);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Long> reads =
          other.submit(
              () -> {
                long count = 0;
                while (!done.get()) {
                  assertEquals(whole, Files.readString(file));
                  count++;
                }
                return count;
              });
      for (int i = 0; i < TIMES; i++) {
        write(file);
      }
      done.set(true);
      assertEquals(true, reads.get() > 0);
    } finally {
      done.set(true);
      other.shutdownNow();
    }
  }

  private static void write(Path file) throws Exception {
    RecordingRow recording = recording();
    CoverageFile.write(
        file, recording, Optional.empty(), new CoverageFile.Held(List.of(), List.of(), Map.of()));
  }

  private static RecordingRow recording() {
    return new RecordingRow(
        1,
        new RoomKey("direct", "http://a.test/1"),
        "name",
        "",
        Instant.EPOCH,
        Optional.empty(),
        Instant.EPOCH,
        0,
        Optional.empty());
  }
}
