package dev.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTableTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private final SqliteLedger ledger = SqliteLedger.inMemory();

  private static WebhookRow event(String webhook, String id) {
    return WebhookRow.waiting(webhook, id, "notice", "{\"id\":\"" + id + "\"}", NOW);
  }

  private void add(String webhook, String id) {
    LedgerRows.tell(ledger, rows -> rows.webhooks().add(event(webhook, id)));
  }

  private WebhookRow next(String webhook) {
    return LedgerRows.ask(ledger, rows -> rows.webhooks().next(webhook)).orElseThrow();
  }

  private static WebhookRow finished(WebhookRow row) {
    return new WebhookRow(
        row.id(),
        row.webhook(),
        row.event(),
        row.type(),
        row.body(),
        WebhookRow.State.DONE,
        row.createdAt(),
        3,
        Optional.empty(),
        204,
        Optional.of("before that: 500"),
        Optional.of(NOW.plusSeconds(9)));
  }

  private void finish(WebhookRow row) {
    LedgerRows.tell(ledger, rows -> rows.webhooks().update(finished(row)));
  }

  @Test
  void handsOutEachWebhooksEventsInTheirOrder() {
    add("a", "1");
    add("b", "2");
    add("a", "3");
    assertEquals("1", next("a").event());
    finish(next("a"));
    assertEquals("3", next("a").event());
    assertEquals("2", next("b").event());
    assertEquals(
        Map.of("a", 1L, "b", 1L), LedgerRows.ask(ledger, rows -> rows.webhooks().waiting()));
  }

  @Test
  void keepsWhatCameOfThem() {
    add("a", "1");
    WebhookRow row = next("a");
    finish(row);
    add("a", "2");
    List<WebhookRow> log =
        LedgerRows.ask(ledger, rows -> rows.webhooks().log("a", Long.MAX_VALUE, 10));
    assertEquals(List.of("2", "1"), log.stream().map(WebhookRow::event).toList());
    assertEquals(finished(row), log.get(1));
    assertEquals(
        List.of(log.get(1)),
        LedgerRows.ask(ledger, rows -> rows.webhooks().log("a", log.get(0).id(), 10)));
  }

  @Test
  void doesNotWakeWhatIsFinished() {
    add("a", "1");
    WebhookRow row = next("a");
    finish(row);
    LedgerRows.tell(ledger, rows -> rows.webhooks().update(row));
    assertEquals(Optional.empty(), LedgerRows.ask(ledger, rows -> rows.webhooks().next("a")));
  }

  @Test
  void givesUpTheOldestBeyondTheNumberAndForgetsTheOldestFinished() {
    for (int i = 1; i <= 10; i++) {
      add("a", "" + i);
    }
    add("b", "other");
    int lost = LedgerRows.ask(ledger, rows -> rows.webhooks().bound("a", 4, 100_000, 3, NOW));
    assertEquals(6, lost);
    assertEquals("7", next("a").event());
    List<WebhookRow> log =
        LedgerRows.ask(ledger, rows -> rows.webhooks().log("a", Long.MAX_VALUE, 100));
    assertEquals(
        List.of("10", "9", "8", "7", "6", "5", "4"), log.stream().map(WebhookRow::event).toList());
    assertEquals(WebhookRow.State.GIVEN_UP, log.get(4).state());
    assertEquals("other", next("b").event());
  }

  @Test
  void givesUpTheOldestBeyondTheSize() {
    for (int i = 1; i <= 5; i++) {
      add("a", "" + i);
    }
    long size = event("a", "1").body().length();
    int lost =
        LedgerRows.ask(ledger, rows -> rows.webhooks().bound("a", 100, 2 * size + 1, 100, NOW));
    assertEquals(3, lost);
    assertEquals("4", next("a").event());
    int none = LedgerRows.ask(ledger, rows -> rows.webhooks().bound("a", 100, 2 * size, 100, NOW));
    assertEquals(0, none);
  }

  @Test
  void forgetsWebhooksThatAreNoMore() {
    add("a", "1");
    add("b", "2");
    LedgerRows.tell(ledger, rows -> rows.webhooks().keepOnly(List.of("b", "c")));
    assertEquals(Map.of("b", 1L), LedgerRows.ask(ledger, rows -> rows.webhooks().waiting()));
    assertTrue(
        LedgerRows.ask(ledger, rows -> rows.webhooks().log("a", Long.MAX_VALUE, 10)).isEmpty());
  }

  @Test
  void survivesAnEnd(@TempDir Path folder) {
    Path file = folder.resolve("ledger.db");
    try (SqliteLedger first = SqliteLedger.open(file)) {
      LedgerRows.tell(first, rows -> rows.webhooks().add(event("a", "1")));
    }
    try (SqliteLedger second = SqliteLedger.open(file)) {
      assertEquals(
          "1", LedgerRows.ask(second, rows -> rows.webhooks().next("a")).orElseThrow().event());
    }
  }
}
