package dev.sluice.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));
    assertEquals(
        java.util.List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 600L, 600L),
        IntStream.rangeClosed(1, 12)
            .mapToObj(failures -> backoff.after(failures, 1).toSeconds())
            .toList());
    assertEquals(Duration.ofMillis(500), backoff.after(1, 0));
  }

  @Test
  void refusesToSpin() {
    assertThrows(
        IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }

  @Property
  void staysWithinItsBounds(
      @ForAll @LongRange(min = 1, max = 10_000_000_000L) long firstMillis,
      @ForAll @LongRange(min = 0, max = 10_000_000_000L) long more,
      @ForAll int failures,
      @ForAll @DoubleRange(min = 0, max = 1) double random) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(firstMillis), Duration.ofMillis(firstMillis + more));
    Duration wait = backoff.after(failures, random);
    assertTrue(wait.toMillis() >= Math.max(1, firstMillis / 2), wait + " is too short");
    assertTrue(wait.compareTo(backoff.longest()) <= 0, wait + " is too long");
  }

  @Property
  void neverShrinksWithMoreFailures(
      @ForAll @LongRange(min = 1, max = 100_000) long firstMillis,
      @ForAll @IntRange(min = 1, max = 1000) int failures,
      @ForAll @DoubleRange(min = 0, max = 1) double random) {
    Backoff backoff = new Backoff(Duration.ofMillis(firstMillis), Duration.ofDays(1));
    assertTrue(backoff.after(failures, random).compareTo(backoff.after(failures + 1, random)) <= 0);
  }
}
