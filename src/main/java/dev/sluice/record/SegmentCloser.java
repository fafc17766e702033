package dev.sluice.record;

import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last steps of a segment, the same for a running recorder and for recovery: final name, row
 * CLOSED with its deliveries, coverage file. Blocks; for worker threads.
 */
final class SegmentCloser {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCloser.class);

  private final Ledger ledger;

  SegmentCloser(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The part is complete and forced.
   *
   * @param counted the row with its final counts and times
   * @return the row as it was stored
   */
  SegmentRow close(SegmentRow counted, List<String> targets) throws IOException {
    Path name = Publishing.publish(counted.partPath(), counted.path());
    return enter(counted, name, targets);
  }

  /** The file has its final name already: only the row is missing. */
  SegmentRow enter(SegmentRow counted, Path name, List<String> targets) throws IOException {
    String file = relative(counted.root(), name);
    SegmentRow closed = counted.closed(file, Files.size(name));
    Blocking.await(
        ledger.call(
            rows -> {
              rows.closeSegment(closed, Instant.now(), targets);
              return null;
            }),
        "entering a finished segment");
    try {
      writeCoverage(closed.recording(), Optional.empty());
    } catch (IOException e) {
      // The segment is safe; the end of the recording writes the file again.
      LOG.warn("the coverage file beside {} could not be written: {}", file, e.getMessage());
    }
    return closed;
  }

  /**
   * Writes the coverage file of a recording from its rows; answers its path, relative to the root.
   */
  private Optional<String> writeCoverage(long recording, Optional<Instant> ended)
      throws IOException {
    Rows rows =
        Blocking.await(
            ledger.call(
                r ->
                    new Rows(
                        r.recording(recording),
                        r.segmentsOf(recording),
                        r.gapsOf(recording),
                        r.notesOf(recording))),
            "reading a recording");
    Optional<SegmentRow> first =
        rows.segments().stream().filter(s -> s.state() != SegmentRow.State.OPEN).findFirst();
    if (first.isEmpty() || rows.recording().isEmpty()) {
      return Optional.empty();
    }
    String path = CoverageFile.besides(first.get().file());
    CoverageFile.write(
        first.get().root().resolve(path),
        rows.recording().get(),
        ended.or(() -> rows.recording().get().endedAt()),
        new CoverageFile.Held(rows.segments(), rows.gaps(), rows.notes()));
    return Optional.of(path);
  }

  /** The recording is over: final coverage file, end in the ledger, its delivery. */
  void endRecording(long recording, List<String> targets) throws IOException {
    Instant now = Instant.now();
    // The file first: once the row says so, somebody may fetch it.
    Optional<String> coverage = writeCoverage(recording, Optional.of(now));
    Blocking.await(
        ledger.call(
            rows -> {
              rows.endRecording(recording, now, coverage, targets);
              return null;
            }),
        "ending a recording");
  }

  private static String relative(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private record Rows(
      Optional<RecordingRow> recording,
      List<SegmentRow> segments,
      List<GapRow> gaps,
      Map<String, String> notes) {}
}
