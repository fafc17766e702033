package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rows for tests, entered as the recorder would. */
public final class LedgerRows {
  public static final RoomKey ROOM = new RoomKey("direct", "http://example.test/live.flv");
  public static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  private LedgerRows() {}

  /** The answer, or the failure of the call. */
  public static <T> T ask(Ledger ledger, Function<Ledger.Rows, T> work) {
    try {
      return ledger.call(work).get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static void tell(Ledger ledger, Consumer<Ledger.Rows> work) {
    ask(
        ledger,
        rows -> {
          work.accept(rows);
          return null;
        });
  }

  /** A new recording with its attempt. */
  public static long recording(Ledger ledger) {
    return ask(
        ledger,
        rows -> {
          long recording = rows.beginRecording(ROOM, "Room", "Title", NOW);
          rows.beginAttempt(ROOM, rows.epoch(ROOM) + 1, recording, NOW);
          return recording;
        });
  }

  /** A CLOSED segment without targets; its file is a copy of the sample. */
  public static SegmentRow closed(
      Ledger ledger, long recording, Path sample, Path file, long startMs, long endMs)
      throws IOException {
    Files.copy(sample, file);
    String name = file.getFileName().toString();
    SegmentRow open = open(ledger, recording, file.getParent(), name, startMs);
    SegmentRow closed = open.counted(1, 1, endMs, 0).closed(name, Files.size(sample));
    tell(ledger, rows -> rows.closeSegment(closed, NOW, List.of()));
    return closed;
  }

  /** An OPEN segment. */
  public static SegmentRow open(Ledger ledger, long recording, Path root, String file) {
    return open(ledger, recording, root, file, 0);
  }

  /** An OPEN segment that begins at this time of the recording. */
  public static SegmentRow open(
      Ledger ledger, long recording, Path root, String file, long startMs) {
    return ask(
        ledger,
        rows -> {
          int index = rows.segmentsOf(recording).size() + 1;
          long epoch = rows.epoch(ROOM);
          SegmentRow row =
              new SegmentRow(
                  0,
                  recording,
                  ROOM,
                  epoch,
                  index,
                  root,
                  file + "." + epoch + ".part",
                  file,
                  SegmentRow.State.OPEN,
                  0,
                  0,
                  0,
                  startMs,
                  startMs,
                  0,
                  NOW);
          return rows.segment(rows.openSegment(row)).orElseThrow();
        });
  }

  /** The row of the finished file. */
  public static SegmentRow closed(SegmentRow open, long bytes) {
    return new SegmentRow(
        open.id(),
        open.recording(),
        open.room(),
        open.epoch(),
        open.index(),
        open.root(),
        open.part(),
        open.file(),
        SegmentRow.State.CLOSED,
        bytes,
        10,
        20,
        0,
        400,
        7,
        open.openedAt());
  }

  /** A READY segment with its deliveries. */
  public static SegmentRow ready(
      Ledger ledger, Path root, String file, long bytes, String... targets) {
    SegmentRow open = open(ledger, recording(ledger), root, file);
    tell(
        ledger,
        rows -> {
          rows.closeSegment(closed(open, bytes), NOW, List.of(targets));
          rows.segmentReady(open.id());
        });
    return open;
  }
}
