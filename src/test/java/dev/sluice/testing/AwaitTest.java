package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void returnsWhenTheConditionHolds() {
    AtomicInteger asked = new AtomicInteger();
    Await.until(Duration.ofSeconds(10), "third time", () -> asked.incrementAndGet() == 3);
    assertEquals(3, asked.get());
  }

  @Test
  void failsAtTheLimitWithTheStateReached() {
    AtomicInteger asked = new AtomicInteger();
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Await.until(
                    Duration.ofMillis(100),
                    () -> "asked " + asked.get(),
                    () -> asked.incrementAndGet() < 0));
    assertTrue(asked.get() >= 2);
    assertTrue(error.getMessage().endsWith("asked " + asked.get()), error.getMessage());
  }
}
