package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recordings as storage sees them. */
final class StorageTable implements StorageRows {
  private final Statements statements;

  StorageTable(Statements statements) {
    this.statements = statements;
  }

  /** As read, before the targets that have not confirmed are known. */
  private record Found(StoredRow row, int awaited) {}

  @Override
  public Optional<StoredRow> stored(long recording) {
    return statements.first(StorageSql.STORED_BY_ID, StorageTable::row, recording).map(this::named);
  }

  @Override
  public Optional<Disposal> disposal(long recording) {
    return statements.first(
        StorageSql.DISPOSAL, row -> Disposal.valueOf(row.getString(1)), recording);
  }

  @Override
  public boolean isProtected(long recording) {
    return statements.first(StorageSql.IS_PROTECTED, row -> true, recording).isPresent();
  }

  @Override
  public List<StoredRow> storedIn(Disposal disposal, long after, int limit) {
    return statements.list(StorageSql.STORED_IN, StorageTable::row, disposal, after, limit).stream()
        .map(this::named)
        .toList();
  }

  @Override
  public List<StoredRow> trash(int limit) {
    return statements.list(StorageSql.TRASH, StorageTable::row, limit).stream()
        .map(this::named)
        .toList();
  }

  @Override
  public void setProtected(long recording, boolean wanted) {
    statements.update(StorageSql.PROTECT, wanted ? 1 : 0, recording);
  }

  @Override
  public boolean dispose(
      long recording, Disposal from, Disposal to, Instant at, Optional<String> cause) {
    int changed =
        switch (to) {
          case TRASHING -> statements.update(StorageSql.TRASHING, at, cause, recording, from);
          case REMOVED -> statements.update(StorageSql.REMOVED, at, recording, from);
          default -> statements.update(StorageSql.STEP, to, recording, from);
        };
    return changed == 1;
  }

  @Override
  public List<UsageRow> usage() {
    return statements.list(
        StorageSql.USAGE,
        row ->
            new UsageRow(
                Path.of(row.getString("root")),
                RoomKey.parse(row.getString("room")),
                row.getString("room_name"),
                row.getInt("recordings"),
                row.getLong("bytes"),
                row.getLong("trash_bytes")));
  }

  @Override
  public long keptBytes() {
    return statements.number(StorageSql.KEPT_BYTES);
  }

  @Override
  public Map<Path, Long> bytesSince(Instant since) {
    Map<Path, Long> bytes = new HashMap<>();
    statements.list(
        StorageSql.BYTES_SINCE,
        row -> bytes.put(Path.of(row.getString("root")), row.getLong("bytes")),
        since);
    return bytes;
  }

  @Override
  public Optional<Instant> oldestSegment() {
    return time(StorageSql.OLDEST_SEGMENT);
  }

  @Override
  public Optional<Instant> newestTime() {
    return time(StorageSql.NEWEST_TIME);
  }

  private Optional<Instant> time(String sql) {
    return statements.first(sql, row -> Statements.instant(row, "at")).flatMap(at -> at);
  }

  /** Most recordings are confirmed: the names are read only where some are not. */
  private StoredRow named(Found found) {
    StoredRow row = found.row();
    if (found.awaited() == 0) {
      return row;
    }
    List<String> targets =
        statements.list(StorageSql.AWAITED, target -> target.getString(1), row.id());
    return new StoredRow(
        row.recording(),
        row.disposal(),
        row.isProtected(),
        row.trashedAt(),
        row.cause(),
        row.bytes(),
        row.unready(),
        targets);
  }

  private static Found row(ResultSet row) throws SQLException {
    return new Found(
        new StoredRow(
            RecordingTable.row(row),
            Disposal.valueOf(row.getString("disposal")),
            row.getInt("protected") != 0,
            Statements.instant(row, "trashed_at"),
            Optional.ofNullable(row.getString("disposal_cause")),
            row.getLong("bytes"),
            row.getInt("unready"),
            List.of()),
        row.getInt("awaited"));
  }
}
