package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Segments. */
final class SegmentTable {
  private final Statements statements;

  SegmentTable(Statements statements) {
    this.statements = statements;
  }

  /** Refuses a writer that a newer attempt has overtaken. */
  long open(SegmentRow segment) {
    long newest = statements.number(Sql.EPOCH, segment.room().toString());
    if (segment.epoch() < newest) {
      throw new LedgerException(
          "attempt "
              + segment.epoch()
              + " of "
              + segment.room()
              + " may open no segment: attempt "
              + newest
              + " has taken over");
    }
    return statements.number(
        Sql.OPEN_SEGMENT,
        segment.recording(),
        segment.epoch(),
        segment.index(),
        segment.root(),
        segment.part(),
        segment.file(),
        segment.bytes(),
        segment.videoFrames(),
        segment.audioFrames(),
        segment.startMs(),
        segment.endMs(),
        segment.sourceOffsetMs(),
        segment.openedAt());
  }

  /** Whether it was open; a segment that is closed already stays as it is. */
  boolean close(SegmentRow closed) {
    int changed =
        statements.update(
            Sql.CLOSE_SEGMENT,
            closed.file(),
            closed.bytes(),
            closed.videoFrames(),
            closed.audioFrames(),
            closed.startMs(),
            closed.endMs(),
            closed.sourceOffsetMs(),
            closed.id());
    if (changed == 0 && byId(closed.id()).isEmpty()) {
      throw new LedgerException("there is no segment " + closed.id() + " to close");
    }
    return changed == 1;
  }

  void drop(long id) {
    statements.update(Sql.DROP_SEGMENT, id);
  }

  void ready(long id) {
    statements.update(Sql.SEGMENT_READY, id);
  }

  Optional<SegmentRow> byId(long id) {
    return statements.first(Sql.SEGMENT_BY_ID, SegmentTable::row, id);
  }

  List<SegmentRow> in(SegmentRow.State state) {
    return statements.list(Sql.SEGMENTS_IN, SegmentTable::row, state);
  }

  List<SegmentRow> of(long recording) {
    return statements.list(Sql.SEGMENTS_OF, SegmentTable::row, recording);
  }

  private static SegmentRow row(ResultSet row) throws SQLException {
    return new SegmentRow(
        row.getLong("id"),
        row.getLong("recording"),
        RoomKey.parse(row.getString("room")),
        row.getLong("epoch"),
        row.getInt("idx"),
        Path.of(row.getString("root")),
        row.getString("part"),
        row.getString("file"),
        SegmentRow.State.valueOf(row.getString("state")),
        row.getLong("bytes"),
        row.getLong("video_frames"),
        row.getLong("audio_frames"),
        row.getLong("start_ms"),
        row.getLong("end_ms"),
        row.getLong("source_offset_ms"),
        Instant.ofEpochMilli(row.getLong("opened_at")));
  }
}
