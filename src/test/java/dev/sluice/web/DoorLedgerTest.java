package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.ledger.DoorRows;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.LedgerException;
import dev.sluice.testing.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the door must store, on a ledger that refuses for a while. */
class DoorLedgerTest {
  private static final int BOUND = 200;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() {
    vertx.close().await();
  }

  /** Refuses the first calls. */
  private static final class Refusing implements Ledger {
    private final AtomicInteger calls = new AtomicInteger();
    private final int refused;

    Refusing(int refused) {
      this.refused = refused;
    }

    @Override
    public <T> CompletableFuture<T> call(Function<Rows, T> work) {
      return calls.incrementAndGet() <= refused
          ? CompletableFuture.failedFuture(new LedgerException("disk full"))
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private static void nothing(DoorRows rows) {}

  private static void insist(DoorLedger door) {
    assertThrows(Refusal.class, () -> door.insist(DoorLedgerTest::nothing).await());
  }

  @Test
  void whatIsRefusedIsTriedUntilItIsTakenAndNoMore() throws Exception {
    Refusing ledger = new Refusing(3);
    DoorLedger door = new DoorLedger(vertx, ledger, Duration.ofMillis(10));
    insist(door);
    Await.until(LIMIT, "it is taken", () -> ledger.calls.get() == 4);
    vertx.timer(100, TimeUnit.MILLISECONDS).await();
    assertEquals(4, ledger.calls.get());
  }

  @Test
  void onlySoManyAreTriedAtATime() throws Exception {
    int wanted = BOUND + 50;
    Refusing ledger = new Refusing(wanted);
    DoorLedger door = new DoorLedger(vertx, ledger, Duration.ofMillis(400));
    for (int i = 0; i < wanted; i++) {
      insist(door);
    }
    Await.until(
        LIMIT, "all within the bound are tried again", () -> ledger.calls.get() >= wanted + BOUND);
    vertx.timer(1000, TimeUnit.MILLISECONDS).await();
    assertEquals(wanted + BOUND, ledger.calls.get());
  }
}
