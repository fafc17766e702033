package dev.sluice.upload;

import dev.sluice.bus.DeliveryCommand.Action;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.DeliveryRow.State;
import dev.sluice.ledger.Ledger;
import dev.sluice.net.Backoff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a delivery's row. */
final class DeliverySteps {
  private static final int MOST = 10_000;

  private final Backoff backoff;

  DeliverySteps(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Enters that the delivery is being sent; empty if it may not be sent (any more). */
  static Optional<DeliveryRow> claim(Ledger.Rows rows, long id) {
    Optional<DeliveryRow> sending =
        rows.delivery(id)
            .filter(row -> row.state() == State.WAITING || row.state() == State.RETRY)
            .map(row -> change(row, State.SENDING, row.tries() + 1, row.error()));
    sending.ifPresent(rows::updateDelivery);
    return sending;
  }

  /** Where a person's wish leads from a state; empty where it makes no sense. */
  static Optional<State> wished(Action action, State from) {
    boolean waits = from == State.WAITING || from == State.RETRY || from == State.NEEDS_YOU;
    boolean rests = from == State.PAUSED || from == State.SKIPPED;
    return switch (action) {
      case RETRY ->
          from == State.RETRY || from == State.NEEDS_YOU
              ? Optional.of(State.WAITING)
              : Optional.empty();
      case PAUSE -> waits || from == State.SENDING ? Optional.of(State.PAUSED) : Optional.empty();
      case RESUME -> rests ? Optional.of(State.WAITING) : Optional.empty();
      case SKIP ->
          waits || from == State.PAUSED || from == State.SENDING
              ? Optional.of(State.SKIPPED)
              : Optional.empty();
    };
  }

  /** Carries a wish out on a delivery that is not being sent; empty if there is nothing to do. */
  static Optional<DeliveryRow> wish(Ledger.Rows rows, long id, Action action) {
    Optional<DeliveryRow> next =
        rows.delivery(id)
            .filter(row -> row.state() != State.SENDING)
            .flatMap(
                row ->
                    wished(action, row.state())
                        .map(state -> change(row, state, row.tries(), row.error())));
    next.ifPresent(rows::updateDelivery);
    return next;
  }

  /** The row of a try that was given up because a person wants something else. */
  static DeliveryRow givenUp(DeliveryRow row, State wished) {
    return change(row, wished, Math.max(0, row.tries() - 1), row.error());
  }

  /** Makes all that failed due at once, as many as one transaction should carry. */
  static List<DeliveryRow> retryAll(Ledger.Rows rows) {
    return Stream.of(State.NEEDS_YOU, State.RETRY)
        .flatMap(state -> rows.deliveries(Optional.of(state), Long.MAX_VALUE, MOST).stream())
        .flatMap(row -> wish(rows, row.id(), Action.RETRY).stream())
        .toList();
  }

  /**
   * The row after a try.
   *
   * @param random from 0 to 1, for the length of the wait
   * @return empty if the try was stopped: the row still says sending and is queued again at the
   *     next start
   */
  Optional<DeliveryRow> after(DeliveryRow row, Outcome outcome, Instant now, double random) {
    if (outcome instanceof Outcome.Done done) {
      return Optional.of(done(row, done, now));
    }
    if (outcome instanceof Outcome.Retry retry) {
      Instant next = now.plus(backoff.after(row.tries(), random));
      return Optional.of(later(row, retry.error(), next));
    }
    if (outcome instanceof Outcome.NeedsYou needsYou) {
      return Optional.of(change(row, State.NEEDS_YOU, row.tries(), Optional.of(needsYou.error())));
    }
    return Optional.empty();
  }

  private static DeliveryRow done(DeliveryRow row, Outcome.Done done, Instant now) {
    return new DeliveryRow(
        row.id(),
        row.recording(),
        row.segment(),
        row.roomId(),
        row.root(),
        row.file(),
        row.target(),
        State.DONE,
        done.bytes(),
        row.tries(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(done.remote()),
        row.createdAt(),
        Optional.of(now));
  }

  private static DeliveryRow later(DeliveryRow row, String error, Instant next) {
    DeliveryRow retry = change(row, State.RETRY, row.tries(), Optional.of(error));
    return new DeliveryRow(
        retry.id(),
        retry.recording(),
        retry.segment(),
        retry.roomId(),
        retry.root(),
        retry.file(),
        retry.target(),
        retry.state(),
        retry.bytes(),
        retry.tries(),
        Optional.of(next),
        retry.error(),
        retry.remote(),
        retry.createdAt(),
        retry.doneAt());
  }

  private static DeliveryRow change(
      DeliveryRow row, State state, int tries, Optional<String> error) {
    return new DeliveryRow(
        row.id(),
        row.recording(),
        row.segment(),
        row.roomId(),
        row.root(),
        row.file(),
        row.target(),
        state,
        row.bytes(),
        tries,
        Optional.empty(),
        error,
        row.remote(),
        row.createdAt(),
        row.doneAt());
  }
}
