package dev.sluice.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of webhooks, inside one transaction. Valid only on the ledger's thread. */
public interface WebhookRows {

  /** Enters an event for one webhook and answers its row id. */
  long add(WebhookRow event);

  /** The oldest event that waits for this webhook. */
  Optional<WebhookRow> next(String webhook);

  /** Enters the new state of an event that waits; one that is finished stays as it is. */
  void update(WebhookRow event);

  /**
   * Keeps the rows of a webhook bounded: gives the oldest up that wait beyond the bounds, and
   * forgets the oldest that are finished.
   *
   * @param most events that may wait
   * @param mostChars characters that the bodies of those may have together
   * @param finished how many finished ones to keep
   * @return how many were given up
   */
  int bound(String webhook, int most, long mostChars, int finished, Instant at);

  /** Events of a webhook, newest first, with an id below {@code before}. */
  List<WebhookRow> log(String webhook, long before, int limit);

  /** How many events wait, by webhook; one without any is left out. */
  Map<String, Long> waiting();

  /** Forgets every event of webhooks that are not among these. */
  void keepOnly(List<String> webhooks);
}
