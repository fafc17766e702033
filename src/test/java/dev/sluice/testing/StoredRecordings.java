package dev.sluice.testing;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.room.RoomKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recordings of the past, entered before a server runs on the data directory. */
public final class StoredRecordings implements AutoCloseable {
  private static final int COVERAGE_BYTES = 20;

  private final Path root;
  private final SqliteLedger ledger;

  /**
   * @param data data directory
   * @param root recordings root
   */
  public StoredRecordings(Path data, Path root) throws IOException {
    this.root = root;
    Files.createDirectories(data);
    Files.createDirectories(root.resolve(".sluice"));
    ledger = SqliteLedger.open(data.resolve("ledger.db"));
  }

  /** One segment of some bytes and its coverage file, of a broadcast that ended then. */
  public long add(String name, Instant ended, int bytes, String... targets) throws IOException {
    return add(name, ended, new int[] {bytes}, targets);
  }

  /** Likewise with several segments. */
  public long add(String name, Instant ended, int[] sizes, String... targets) throws IOException {
    RoomKey room = new RoomKey("direct", "http://past.test/" + name.hashCode());
    String base = "Past/" + name.hashCode() + " " + ended.toEpochMilli();
    Files.createDirectories(root.resolve("Past"));
    for (int i = 0; i < sizes.length; i++) {
      Files.write(root.resolve(segment(base, i)), new byte[sizes[i]]);
    }
    Files.write(root.resolve(base + ".coverage.json"), new byte[COVERAGE_BYTES]);
    return LedgerRows.ask(
        ledger,
        rows -> {
          Instant began = ended.minusSeconds(3600);
          long id = rows.beginRecording(room, name, "", began);
          rows.beginAttempt(room, rows.epoch(room) + 1, id, began);
          for (int i = 0; i < sizes.length; i++) {
            SegmentRow open =
                new SegmentRow(
                    0,
                    id,
                    room,
                    rows.epoch(room),
                    i + 1,
                    root,
                    segment(base, i) + ".1.part",
                    segment(base, i),
                    SegmentRow.State.OPEN,
                    0,
                    0,
                    0,
                    i * 60_000L,
                    (i + 1) * 60_000L,
                    0,
                    began);
            SegmentRow row = open.withId(rows.openSegment(open));
            rows.closeSegment(row.closed(segment(base, i), sizes[i]), ended, List.of(targets));
            rows.segmentReady(row.id());
          }
          rows.touchRecording(id, ended, 0);
          rows.endRecording(id, ended, Optional.of(base + ".coverage.json"), List.of());
          return id;
        });
  }

  private static String segment(String base, int index) {
    return base + (index == 0 ? "" : " " + (index + 1)) + ".flv";
  }

  @Override
  public void close() {
    ledger.close();
  }
}
