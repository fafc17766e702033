package dev.sluice.notify;

import dev.sluice.ledger.WebhookRow;
import dev.sluice.net.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of an event after a try: growing pauses up to a day, then it is given up. No clock,
 * no I/O.
 *
 * @param backoff the pauses
 * @param limit how long after it happened an event is still tried
 */
record HookSteps(Backoff backoff, Duration limit) {
  static final HookSteps USUAL =
      new HookSteps(new Backoff(Duration.ofSeconds(2), Duration.ofHours(1)), Duration.ofHours(24));

  /** No pause is ever so long: if one is, the wall clock was set back. */
  private static final Duration FAR_AHEAD = Duration.ofHours(2);

  /** How long to wait until the event may be sent; zero when it may now. */
  static Duration wait(WebhookRow row, Instant now) {
    return row.nextTryAt()
        .map(at -> Duration.between(now, at))
        .filter(wait -> !wait.isNegative() && wait.compareTo(FAR_AHEAD) < 0)
        .orElse(Duration.ZERO);
  }

  /**
   * The row after a try.
   *
   * @param random from 0 to 1, for the length of the pause
   */
  WebhookRow after(WebhookRow row, HookAnswer answer, Instant now, double random) {
    if (answer.ok()) {
      return next(row, WebhookRow.State.DONE, answer, Optional.empty(), Optional.of(now));
    }
    if (now.isAfter(row.createdAt().plus(limit))) {
      return next(row, WebhookRow.State.GIVEN_UP, answer, Optional.empty(), Optional.of(now));
    }
    Instant again = now.plus(backoff.after(row.tries() + 1, random));
    return next(row, WebhookRow.State.WAITING, answer, Optional.of(again), Optional.empty());
  }

  /** A test is not tried again. */
  static WebhookRow tested(WebhookRow row, HookAnswer answer, Instant now) {
    WebhookRow.State state = answer.ok() ? WebhookRow.State.DONE : WebhookRow.State.GIVEN_UP;
    return next(row, state, answer, Optional.empty(), Optional.of(now));
  }

  private static WebhookRow next(
      WebhookRow row,
      WebhookRow.State state,
      HookAnswer answer,
      Optional<Instant> again,
      Optional<Instant> done) {
    return new WebhookRow(
        row.id(),
        row.webhook(),
        row.event(),
        row.type(),
        row.body(),
        state,
        row.createdAt(),
        row.tries() + 1,
        again,
        answer.status(),
        Optional.of(answer.error()).filter(error -> !error.isEmpty()),
        done);
  }
}
