package dev.sluice.record;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what a killed server left: each OPEN row's part is cut after its last whole tag, given
 * its duration and index, and closed by the same steps as ever. Doing it twice changes nothing.
 * Blocks.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final long USUAL_STEP_MS = 33;
  private static final int MAX_NUMBER = 999;

  private final Ledger ledger;
  private final SegmentCloser closer;
  private final Function<SegmentRow, List<String>> targets;
  private final List<SegmentRow> absent = new ArrayList<>();

  /**
   * @param targets where a recovered segment is to go
   */
  Recovery(Ledger ledger, Function<SegmentRow, List<String>> targets) {
    this.ledger = ledger;
    this.closer = new SegmentCloser(ledger);
    this.targets = targets;
  }

  /** Every OPEN row; one that fails stays OPEN and does not stop the others. */
  List<SegmentRow> finishAll() throws IOException {
    List<SegmentRow> open =
        Blocking.await(
            ledger.call(rows -> rows.segmentsIn(SegmentRow.State.OPEN)), "reading open segments");
    return finish(open);
  }

  /** Rows of which the folder was not there before, as of a disk that is mounted late. */
  List<SegmentRow> finishAbsent() {
    return finish(List.copyOf(absent));
  }

  private List<SegmentRow> finish(List<SegmentRow> open) {
    List<SegmentRow> finished = new ArrayList<>();
    for (SegmentRow row : open) {
      boolean known = absent.remove(row);
      if (isThere(row, known)) {
        tryFinish(row).ifPresent(finished::add);
      } else {
        absent.add(row);
        if (!known) {
          LOG.warn("{} is not there; is the disk mounted?", row.partPath().getParent());
        }
      }
    }
    return finished;
  }

  /**
   * Once it was missing, the folder alone proves nothing: a recorder may have made it anew below an
   * empty mount point, and the part is still on the disk that is to come.
   */
  private static boolean isThere(SegmentRow row, boolean missedBefore) {
    return missedBefore
        ? Files.exists(row.partPath())
        : Files.isDirectory(row.partPath().getParent());
  }

  /** Whether a part of this recording is on a disk that is not there yet. */
  boolean awaits(long recording) {
    return absent.stream().anyMatch(row -> row.recording() == recording);
  }

  /** One row. */
  Optional<SegmentRow> tryFinish(SegmentRow row) {
    try {
      return finish(row);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} could not be finished and stays as it is: {}", row.part(), e.toString());
      return Optional.empty();
    }
  }

  private Optional<SegmentRow> finish(SegmentRow row) throws IOException {
    if (!Files.exists(row.partPath())) {
      return finishWithoutPart(row);
    }
    PartScan scan;
    try (FileChannel channel =
        FileChannel.open(row.partPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      scan = PartScan.of(channel);
      if (!scan.isEmpty()) {
        scan.mend(channel);
      }
    }
    if (scan.isEmpty()) {
      Files.delete(row.partPath());
      drop(row);
      return Optional.empty();
    }
    SegmentRow closed = closer.close(counted(row, scan), targets.apply(row));
    LOG.atInfo()
        .addKeyValue("room", closed.room().publicId())
        .log("finished {}, left over from an interruption", closed.file());
    return Optional.of(closed);
  }

  /** The part is gone: it was linked, then unlinked, and only the row is missing. */
  private Optional<SegmentRow> finishWithoutPart(SegmentRow row) throws IOException {
    for (int number = MAX_NUMBER; number >= 1; number--) {
      Path name = Publishing.numbered(row.path(), number);
      if (Files.exists(name) && isOurs(row, name)) {
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
          return Optional.of(
              closer.enter(counted(row, PartScan.of(channel)), name, targets.apply(row)));
        }
      }
    }
    LOG.warn("{} is gone, nothing of it is left", row.part());
    drop(row);
    return Optional.empty();
  }

  private boolean isOurs(SegmentRow row, Path name) throws IOException {
    boolean young = !Files.getLastModifiedTime(name).toInstant().isBefore(row.openedAt());
    String file = row.root().relativize(name).toString().replace('\\', '/');
    boolean claimed =
        Blocking.await(
            ledger.call(
                rows ->
                    rows.segmentsOf(row.recording()).stream()
                        .anyMatch(other -> other.id() != row.id() && other.file().equals(file))),
            "reading segments");
    return young && !claimed;
  }

  private void drop(SegmentRow row) throws IOException {
    Blocking.await(
        ledger.call(
            rows -> {
              rows.dropSegment(row.id());
              return null;
            }),
        "dropping an empty segment");
  }

  private static SegmentRow counted(SegmentRow row, PartScan scan) {
    return row.counted(
        scan.videoFrames(),
        scan.audioFrames(),
        row.startMs() + scan.lastTagMs() + USUAL_STEP_MS,
        row.sourceOffsetMs());
  }
}
