package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Deliveries. */
final class DeliveryTable {
  private static final String HELD = "deliveries";

  /** No retry is ever planned so far ahead: if one is, the wall clock was set back. */
  private static final Duration FAR_AHEAD = Duration.ofHours(1);

  private final Statements statements;

  DeliveryTable(Statements statements) {
    this.statements = statements;
  }

  /** One for each target; those that exist already stay as they are. */
  int add(SegmentRow segment, Instant at, List<String> targets) {
    int added = 0;
    for (String target : targets) {
      added +=
          statements.update(
              Sql.ADD_DELIVERY,
              segment.recording(),
              segment.id(),
              segment.root(),
              segment.file(),
              target,
              segment.bytes(),
              at);
    }
    return added;
  }

  /** One of the coverage file for each target; it stands under the root of the first segment. */
  int addCoverage(long recording, String coverage, Instant at, List<String> targets) {
    Optional<String> root = statements.first(Sql.ROOT_OF, row -> row.getString(1), recording);
    int added = 0;
    for (String target : root.isEmpty() ? List.<String>of() : targets) {
      added +=
          statements.update(Sql.ADD_DELIVERY, recording, null, root.get(), coverage, target, 0, at);
    }
    return added;
  }

  List<DeliveryRow> due(Instant now, int limit) {
    return statements.list(Sql.DELIVERIES_DUE, DeliveryTable::row, now, now.plus(FAR_AHEAD), limit);
  }

  List<DeliveryRow> next(Instant now) {
    return statements.list(Sql.NEXT_DELIVERIES, DeliveryTable::row, now, now.plus(FAR_AHEAD));
  }

  Optional<Instant> nextRetry() {
    return statements
        .first(Sql.NEXT_RETRY, row -> Statements.instant(row, "next_try_at"))
        .flatMap(time -> time);
  }

  Optional<DeliveryRow> byId(long id) {
    return statements.first(Sql.DELIVERY_BY_ID, DeliveryTable::row, id);
  }

  List<DeliveryRow> newest(Optional<DeliveryRow.State> state, long before, int limit) {
    return state.isEmpty()
        ? statements.list(Sql.DELIVERIES, DeliveryTable::row, before, limit)
        : statements.list(Sql.DELIVERIES_IN, DeliveryTable::row, state, before, limit);
  }

  Map<DeliveryRow.State, Long> counts(RoomKey room) {
    record Count(DeliveryRow.State state, long number) {}
    return statements
        .list(
            Sql.DELIVERY_COUNTS,
            row -> new Count(DeliveryRow.State.valueOf(row.getString(1)), row.getLong(2)),
            room.toString())
        .stream()
        .collect(Collectors.toUnmodifiableMap(Count::state, Count::number));
  }

  /** What is done stays done: a late answer does not undo it. */
  void update(DeliveryRow row) {
    int changed =
        statements.update(
            Sql.UPDATE_DELIVERY,
            row.state(),
            row.bytes(),
            row.tries(),
            row.nextTryAt(),
            row.error(),
            row.remote(),
            row.doneAt(),
            row.id());
    if (changed == 0 && byId(row.id()).isEmpty()) {
      throw new LedgerException("there is no delivery " + row.id());
    }
  }

  /** Makes those that are done or skipped wait again; answers how many. */
  int sendAgain(long recording, String target) {
    return statements.update(Sql.SEND_AGAIN, recording, target);
  }

  Optional<Instant> heldSince() {
    return statements.first(Sql.HELD_SINCE, row -> Instant.ofEpochMilli(row.getLong(1)), HELD);
  }

  void hold(Optional<Instant> since) {
    if (since.isPresent()) {
      statements.update(Sql.HOLD, HELD, since.get());
    } else {
      statements.update(Sql.RELEASE, HELD);
    }
  }

  int requeueSending() {
    return statements.update(Sql.REQUEUE_SENDING);
  }

  private static DeliveryRow row(ResultSet row) throws SQLException {
    return new DeliveryRow(
        row.getLong("id"),
        row.getLong("recording"),
        row.getLong("segment"),
        RoomKey.parse(row.getString("room")).publicId(),
        Path.of(row.getString("root")),
        row.getString("file"),
        row.getString("target"),
        DeliveryRow.State.valueOf(row.getString("state")),
        row.getLong("bytes"),
        row.getInt("tries"),
        Statements.instant(row, "next_try_at"),
        Optional.ofNullable(row.getString("error")),
        Optional.ofNullable(row.getString("remote")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Statements.instant(row, "done_at"));
  }
}
