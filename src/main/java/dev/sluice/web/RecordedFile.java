package dev.sluice.web;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A finished file of a recording, found by its name among the rows: a name from outside is only
 * ever compared, never made into a path.
 *
 * @param root recordings root
 * @param file path relative to the root
 */
record RecordedFile(Path root, String file) {

  String name() {
    return FileNaming.base(file);
  }

  /** To be called inside a transaction. */
  static Optional<RecordedFile> find(Ledger.Rows rows, long recording, String name) {
    return rows.recording(recording)
        .flatMap(
            row ->
                of(row, rows.segmentsOf(recording))
                    .filter(file -> file.name().equals(name))
                    .findFirst());
  }

  private static Stream<RecordedFile> of(RecordingRow recording, List<SegmentRow> segments) {
    Stream<RecordedFile> finished =
        segments.stream()
            .filter(segment -> segment.state() != SegmentRow.State.OPEN)
            .map(segment -> new RecordedFile(segment.root(), segment.file()));
    return Stream.concat(finished, coverage(recording, segments).stream());
  }

  /** It stands beside the first segment. */
  static Optional<RecordedFile> coverage(RecordingRow recording, List<SegmentRow> segments) {
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    Path root = segments.get(0).root();
    return recording.coverage().map(file -> new RecordedFile(root, file));
  }
}
