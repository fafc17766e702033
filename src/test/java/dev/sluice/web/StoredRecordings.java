package dev.sluice.web;

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

/** Recordings of the past in the folder of a server that does not run yet. */
final class StoredRecordings implements AutoCloseable {
  private final Path root;
  private final SqliteLedger ledger;

  StoredRecordings(Path folder) throws IOException {
    root = folder.resolve("recordings");
    Files.createDirectories(root.resolve(".sluice"));
    ledger = SqliteLedger.open(folder.resolve("ledger.db"));
  }

  /** One segment of some bytes and its coverage file, of a broadcast that ended then. */
  long add(String name, Instant ended, int bytes, String... targets) throws IOException {
    RoomKey room = new RoomKey("direct", "http://past.test/" + name.hashCode());
    String base = "Past/" + name.hashCode() + " " + ended.toEpochMilli();
    WebFixture.file(root, base + ".flv", new byte[bytes]);
    WebFixture.file(root, base + ".coverage.json", new byte[20]);
    return LedgerRows.ask(
        ledger,
        rows -> {
          Instant began = ended.minusSeconds(3600);
          long id = rows.beginRecording(room, name, "", began);
          rows.beginAttempt(room, rows.epoch(room) + 1, id, began);
          SegmentRow open =
              new SegmentRow(
                  0,
                  id,
                  room,
                  rows.epoch(room),
                  1,
                  root,
                  base + ".flv.1.part",
                  base + ".flv",
                  SegmentRow.State.OPEN,
                  0,
                  0,
                  0,
                  0,
                  3_600_000,
                  0,
                  began);
          SegmentRow row = open.withId(rows.openSegment(open));
          rows.closeSegment(row.closed(base + ".flv", bytes), ended, List.of(targets));
          rows.segmentReady(row.id());
          rows.touchRecording(id, ended, 0);
          rows.endRecording(id, ended, Optional.of(base + ".coverage.json"), List.of());
          return id;
        });
  }

  @Override
  public void close() {
    ledger.close();
  }
}
