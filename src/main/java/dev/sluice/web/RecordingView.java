package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of one recording. */
record RecordingView(
    RecordingRow row, List<SegmentRow> segments, List<GapRow> gaps, boolean isProtected) {

  /** To be called inside a transaction. */
  static RecordingView read(Ledger.Rows rows, RecordingRow row) {
    return new RecordingView(
        row,
        rows.segmentsOf(row.id()),
        rows.gapsOf(row.id()),
        rows.storage().isProtected(row.id()));
  }

  /** An attempt that ended before anything was worth keeping left nothing to show. */
  boolean isWorthShowing() {
    return row.endedAt().isEmpty() || !segments.isEmpty();
  }

  Optional<RecordedFile> coverage() {
    return RecordedFile.coverage(row, segments);
  }

  /**
   * As the API shows it.
   *
   * @param now what a running attempt says of it
   * @param coverageBytes size of the coverage file; empty while there is none, -1 when unknown
   */
  ObjectNode json(Optional<RecordingProgress> now, OptionalLong coverageBytes) {
    ObjectNode json =
        Json.NODES
            .objectNode()
            .put("id", Long.toString(row.id()))
            .put("room_id", row.room().publicId())
            .put("room_name", row.roomName())
            .put("title", row.title())
            .put("started_at", Json.instant(row.startedAt()))
            .put("ended_at", Json.instant(row.endedAt()))
            .put("state", state(now.isPresent()))
            .put("protected", isProtected)
            .put("bytes", now.map(RecordingProgress::bytes).orElseGet(this::bytes))
            .put("duration_ms", now.map(RecordingProgress::durationMs).orElseGet(this::endMs));
    ArrayNode holes = json.putArray("gaps");
    for (GapRow gap : gaps) {
      holes
          .addObject()
          .put("at_ms", gap.atMs())
          .put("duration_ms", gap.durationMs())
          .put("cause", gap.cause());
    }
    json.putObject("duplicates_dropped").put("frames", row.duplicateFrames());
    ArrayNode files = json.putArray("files");
    segments.forEach(segment -> files.add(file(segment)));
    if (coverageBytes.isPresent()) {
      coverage().ifPresent(file -> files.add(coverage(file, coverageBytes.getAsLong())));
    }
    return json;
  }

  private String state(boolean writes) {
    if (row.endedAt().isPresent()) {
      return "done";
    }
    return writes ? "recording" : "interrupted";
  }

  private long bytes() {
    return segments.stream().mapToLong(SegmentRow::bytes).sum();
  }

  private long endMs() {
    return segments.stream().mapToLong(SegmentRow::endMs).max().orElse(0);
  }

  private ObjectNode file(SegmentRow segment) {
    String name = FileNaming.base(segment.file());
    boolean open = segment.state() == SegmentRow.State.OPEN;
    return Json.NODES
        .objectNode()
        .put("name", name)
        .put("kind", "segment")
        .put("state", segment.state().name().toLowerCase(Locale.ROOT))
        .put("bytes", segment.bytes())
        .put("start_ms", segment.startMs())
        .put("end_ms", segment.endMs())
        .put("video_frames", segment.videoFrames())
        .put("audio_frames", segment.audioFrames())
        .put("url", open ? null : FileNaming.url(row.id(), name));
  }

  private ObjectNode coverage(RecordedFile file, long bytes) {
    ObjectNode json =
        Json.NODES
            .objectNode()
            .put("name", file.name())
            .put("kind", "coverage")
            .put("state", row.endedAt().isPresent() ? "ready" : "closed");
    json.put("bytes", bytes < 0 ? null : Long.valueOf(bytes));
    return json.put("url", FileNaming.url(row.id(), file.name()));
  }
}
