package dev.sluice.record;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the rows true while and after recorders run: notes once a second that recordings grow,
 * finishes left-over parts at start, and ends recordings that were interrupted too long ago.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
  private static final int TICKS_BETWEEN_SWEEPS = 30;

  private final Ledger ledger;
  private final Function<SegmentRow, List<String>> targets;
  private final Recovery recovery;
  private final Consumer<SegmentRow> recovered;

  private int ticks;
  private CompletableFuture<?> noting = CompletableFuture.completedFuture(null);

  /**
   * @param recovered told of each segment that is finished after the start, on some thread
   */
  Housekeeping(
      Ledger ledger, Function<SegmentRow, List<String>> targets, Consumer<SegmentRow> recovered) {
    this.ledger = ledger;
    this.targets = targets;
    this.recovery = new Recovery(ledger, targets);
    this.recovered = recovered;
  }

  /** Finishes every part that a killed server left. Blocks. */
  List<SegmentRow> recover() throws IOException {
    List<SegmentRow> finished = recovery.finishAll();
    sweepQuietly(Set.of());
    return finished;
  }

  /** Once a second: one transaction for all recordings that grow. */
  void tick(List<Progress> growing) {
    if (!noting.isDone()) {
      return;
    }
    Set<Long> active = new HashSet<>();
    growing.forEach(progress -> active.add(progress.recording()));
    List<Progress> receiving = growing.stream().filter(Progress::isReceiving).toList();
    if (!receiving.isEmpty()) {
      Instant now = Instant.now();
      noting =
          ledger.call(
              rows -> {
                receiving.forEach(p -> rows.touchRecording(p.recording(), now, p.duplicates()));
                return null;
              });
    }
    if (++ticks % TICKS_BETWEEN_SWEEPS == 0) {
      noting = noting.handleAsync((done, failure) -> sweepQuietly(active));
    }
  }

  private Void sweepQuietly(Set<Long> active) {
    try {
      sweep(active);
    } catch (IOException | RuntimeException e) {
      LOG.warn("interrupted recordings could not be ended: {}", e.toString());
    }
    return null;
  }

  /** Ends recordings that nobody goes on with. */
  private void sweep(Set<Long> active) throws IOException {
    recovery.finishAbsent().forEach(recovered);
    Instant limit = Instant.now().minus(FORGOTTEN_AFTER);
    List<RecordingRow> left =
        Blocking.await(ledger.call(Ledger.Rows::unendedRecordings), "reading recordings");
    SegmentCloser closer = new SegmentCloser(ledger);
    for (RecordingRow recording : left) {
      if (active.contains(recording.id())
          || recording.lastByteAt().isAfter(limit)
          || recovery.awaits(recording.id())) {
        continue;
      }
      end(recording, closer);
    }
  }

  /** One whose folder is not there must not stop the others: it is tried again. */
  private void end(RecordingRow recording, SegmentCloser closer) {
    try {
      List<SegmentRow> segments =
          Blocking.await(ledger.call(rows -> rows.segmentsOf(recording.id())), "reading segments");
      List<String> to = segments.isEmpty() ? List.of() : targets.apply(segments.get(0));
      closer.endRecording(recording.id(), to);
    } catch (IOException | RuntimeException e) {
      LOG.warn("recording {} could not be ended: {}", recording.id(), e.toString());
    }
  }
}
