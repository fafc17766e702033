package dev.sluice.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One event on its way to one webhook, and afterwards what came of it.
 *
 * @param id row id; a webhook gets its events in this order
 * @param webhook name of the webhook
 * @param event id of the event, the same for every webhook and every try
 * @param type kind of the event
 * @param body what is sent, JSON
 * @param state where it stands
 * @param createdAt when the event happened
 * @param tries made so far
 * @param nextTryAt not before; empty: at once
 * @param status HTTP status of the last answer, 0 without one
 * @param error what went wrong last
 * @param doneAt when it was taken or given up
 */
public record WebhookRow(
    long id,
    String webhook,
    String event,
    String type,
    String body,
    State state,
    Instant createdAt,
    int tries,
    Optional<Instant> nextTryAt,
    int status,
    Optional<String> error,
    Optional<Instant> doneAt) {

  /** Where an event stands. */
  public enum State {
    /** To be sent. */
    WAITING,
    /** Taken by the far side. */
    DONE,
    /** Not taken within a day, or too many waited. */
    GIVEN_UP;

    /** The word used by the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A new one that waits; its row id is given when it is entered. */
  public static WebhookRow waiting(
      String webhook, String event, String type, String body, Instant at) {
    return new WebhookRow(
        0,
        webhook,
        event,
        type,
        body,
        State.WAITING,
        at,
        0,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }
}
