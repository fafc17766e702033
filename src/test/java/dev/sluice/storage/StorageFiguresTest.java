package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.StorageGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clock, forecast, low disks, sizes. */
class StorageFiguresTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final long GB = 1_000_000_000L;

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  @Test
  void aClockThatGoesOnIsBelieved() {
    ClockWatch clock = new ClockWatch(NOW, 0, Optional.of(NOW.minusSeconds(60)));
    for (int minutes = 0; minutes < 3000; minutes += 10) {
      Duration passed = Duration.ofMinutes(minutes);
      assertTrue(clock.believes(NOW.plus(passed).plusSeconds(minutes % 7), nanos(passed)));
    }
  }

  @ParameterizedTest
  @CsvSource({"P3650D", "PT2H", "P-20D"})
  void aClockThatJumpsIsDoubtedForADay(Duration jump) {
    ClockWatch clock = new ClockWatch(NOW, 0, Optional.of(NOW));
    assertTrue(clock.believes(NOW.plusSeconds(600), nanos(Duration.ofMinutes(10))));
    Duration passed = Duration.ofMinutes(20);
    assertFalse(clock.believes(NOW.plus(passed).plus(jump), nanos(passed)));
    passed = Duration.ofHours(24);
    assertFalse(clock.believes(NOW.plus(passed).plus(jump), nanos(passed)));
    passed = Duration.ofHours(25);
    assertTrue(clock.believes(NOW.plus(passed).plus(jump), nanos(passed)));
  }

  @Test
  void aStartFarBehindAllRecordingsIsDoubted() {
    assertFalse(
        new ClockWatch(NOW, 0, Optional.of(NOW.minus(Duration.ofDays(4)))).believes(NOW, 1));
    assertTrue(new ClockWatch(NOW, 0, Optional.of(NOW.minus(Duration.ofDays(2)))).believes(NOW, 1));
    assertTrue(new ClockWatch(NOW, 0, Optional.empty()).believes(NOW, 1));
  }

  @Test
  void saysWhenTheReserveIsReached() {
    assertEquals(Optional.of(Duration.ofSeconds(45)), Forecast.full(50 * GB, 5 * GB, GB));
    assertEquals(Optional.of(Duration.ZERO), Forecast.full(3 * GB, 5 * GB, GB));
    assertEquals(Optional.empty(), Forecast.full(-1, 5 * GB, GB));
    assertEquals(Optional.empty(), Forecast.full(50 * GB, 5 * GB, 0));
    assertEquals(Optional.empty(), Forecast.full(50 * GB, 5 * GB, 0.0001), "not in this life");
  }

  @Test
  void theHabitIsThatOfTheLastWeekOrOfTheTimeThatThereIs() {
    assertEquals(GB, Forecast.perDay(7 * GB, Optional.of(NOW.minus(Duration.ofDays(90))), NOW));
    assertEquals(2 * GB, Forecast.perDay(4 * GB, Optional.of(NOW.minus(Duration.ofDays(2))), NOW));
    assertEquals(4 * GB, Forecast.perDay(4 * GB, Optional.of(NOW.minusSeconds(60)), NOW));
    assertEquals(0, Forecast.perDay(0, Optional.empty(), NOW));
  }

  @Test
  void aLowDiskIsSaidOnceUntilItIsClearlyOver() {
    LowDisk disk = new LowDisk();
    assertEquals(LowDisk.News.NOTHING, disk.take(free(6 * GB), 5 * GB));
    assertEquals(LowDisk.News.LOW, disk.take(free(4 * GB), 5 * GB));
    assertEquals(LowDisk.News.NOTHING, disk.take(free(3 * GB), 5 * GB));
    assertEquals(LowDisk.News.NOTHING, disk.take(free(-1), 5 * GB), "unknown is not zero");
    assertEquals(LowDisk.News.NOTHING, disk.take(free(5 * GB + 1), 5 * GB));
    assertEquals(LowDisk.News.OVER, disk.take(free(6 * GB), 5 * GB));
    assertEquals(LowDisk.News.NOTHING, disk.take(free(0), 0), "no reserve is wanted");
  }

  private static StorageGate free(long bytes) {
    return new StorageGate(Path.of("/r"), true, bytes, 100 * GB);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1 KB",
    "1500, 1.5 KB",
    "5000000000, 5 GB",
    "123456789, 123 MB"
  })
  void sizesAreForPeople(long bytes, String words) {
    assertEquals(words, Sizes.words(bytes));
  }
}
