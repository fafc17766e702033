package dev.sluice.web;

import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.util.List;

/** The rows of a recording that is to be played. */
record PlayRows(RecordingRow recording, List<SegmentRow> segments, List<GapRow> gaps) {

  /**
   * To be called inside a transaction.
   *
   * @throws Refusal 404 for an unknown recording, 410 for one that was deleted
   */
  static PlayRows read(Ledger.Rows rows, long id) {
    Gone.check(rows, id);
    RecordingRow recording = rows.recording(id).orElseThrow(() -> Refusal.notFound("recording"));
    return new PlayRows(recording, rows.segmentsOf(id), rows.gapsOf(id));
  }

  /**
   * One file of it.
   *
   * @throws Refusal 404 when it has no such file
   */
  SegmentRow segment(long id) {
    return segments.stream()
        .filter(segment -> segment.id() == id)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("segment"));
  }

  boolean hasOpen() {
    return segments.stream().anyMatch(segment -> segment.state() == SegmentRow.State.OPEN);
  }

  static Refusal gone() {
    return new Refusal(
        410, "file.gone", "the file is no longer in its folder; it was moved or deleted there");
  }
}
