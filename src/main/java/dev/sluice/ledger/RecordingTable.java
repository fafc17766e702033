package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Recordings with their attempts and gaps, and what the user stopped. */
final class RecordingTable {
  private final Statements statements;

  RecordingTable(Statements statements) {
    this.statements = statements;
  }

  long epoch(RoomKey room) {
    return statements.number(Sql.EPOCH, room.toString());
  }

  void beginAttempt(RoomKey room, long epoch, long recording, Instant at) {
    long newest = epoch(room);
    if (epoch <= newest) {
      throw new LedgerException(
          "attempt "
              + epoch
              + " of "
              + room.publicId()
              + " cannot begin: attempt "
              + newest
              + " was before");
    }
    statements.update(Sql.BEGIN_ATTEMPT, room.toString(), epoch, recording, at);
  }

  void endAttempt(RoomKey room, long epoch, Instant at, String cause) {
    statements.update(Sql.END_ATTEMPT, at, cause, room.toString(), epoch);
  }

  long begin(RoomKey room, String roomName, String title, Instant at) {
    return statements.number(Sql.BEGIN_RECORDING, room.toString(), roomName, title, at, at);
  }

  Optional<RecordingRow> last(RoomKey room) {
    return statements.first(Sql.LAST_RECORDING, RecordingTable::row, room.toString());
  }

  Optional<RecordingRow> byId(long id) {
    return statements.first(Sql.RECORDING_BY_ID, RecordingTable::row, id);
  }

  List<RecordingRow> newest(long before, int limit) {
    return statements.list(Sql.RECORDINGS, RecordingTable::row, before, limit);
  }

  List<RecordingRow> unended() {
    return statements.list(Sql.UNENDED_RECORDINGS, RecordingTable::row);
  }

  void touch(long id, Instant lastByteAt, long duplicateFrames) {
    statements.update(Sql.TOUCH_RECORDING, lastByteAt, duplicateFrames, id);
  }

  /** Whether it was still going on. */
  boolean end(long id, Instant at, Optional<String> coverage) {
    return statements.update(Sql.END_RECORDING, at, coverage, id) == 1;
  }

  void addGap(long recording, GapRow gap) {
    statements.update(Sql.ADD_GAP, recording, gap.atMs(), gap.durationMs(), gap.cause());
  }

  void note(long recording, String name, String value) {
    statements.update(Sql.DROP_NOTE, recording, name);
    statements.update(Sql.ADD_NOTE, recording, name, value);
  }

  Map<String, String> notesOf(long recording) {
    Map<String, String> notes = new TreeMap<>();
    statements
        .list(
            Sql.NOTES_OF,
            row -> Map.entry(row.getString("name"), row.getString("value")),
            recording)
        .forEach(note -> notes.put(note.getKey(), note.getValue()));
    return notes;
  }

  List<GapRow> gapsOf(long recording) {
    return statements.list(
        Sql.GAPS_OF,
        row -> new GapRow(row.getLong("at_ms"), row.getLong("duration_ms"), row.getString("cause")),
        recording);
  }

  boolean isStopped(RoomKey room) {
    return statements.first(Sql.IS_STOPPED, row -> true, room.toString()).isPresent();
  }

  void setStopped(RoomKey room, boolean stopped) {
    statements.update(stopped ? Sql.STOP : Sql.UNSTOP, room.toString());
  }

  static RecordingRow row(ResultSet row) throws SQLException {
    return new RecordingRow(
        row.getLong("id"),
        RoomKey.parse(row.getString("room")),
        row.getString("room_name"),
        row.getString("title"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Statements.instant(row, "ended_at"),
        Instant.ofEpochMilli(row.getLong("last_byte_at")),
        row.getLong("duplicate_frames"),
        Optional.ofNullable(row.getString("coverage")));
  }
}
