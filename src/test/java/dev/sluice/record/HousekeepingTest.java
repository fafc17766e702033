package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SegmentRow.State;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.testing.Await;
import dev.sluice.testing.FlvSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are missing or cannot be written hold up nothing but what lies in them. */
class HousekeepingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path dir;
  private final List<SegmentRow> finished = new CopyOnWriteArrayList<>();
  private SqliteLedger ledger;
  private Housekeeping housekeeping;
  private Path disk;

  @BeforeEach
  void open() {
    ledger = SqliteLedger.inMemory();
    housekeeping = new Housekeeping(ledger, row -> List.of("nas"), finished::add);
    disk = dir.resolve("disk");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aRecordingWhoseFolderIsGoneDoesNotKeepTheOthersFromEnding() throws IOException {
    long gone = interrupted(dir.resolve("unplugged"));
    long unwritable = interrupted(Files.createFile(dir.resolve("file")));
    long here = interrupted(Files.createDirectory(disk));

    assertEquals(List.of(), housekeeping.recover());

    assertFalse(isEnded(gone));
    assertFalse(isEnded(unwritable));
    assertTrue(isEnded(here));
    assertTrue(Files.exists(disk.resolve("a.coverage.json")));
  }

  @Test
  void theRecorderStartsThoughARecordingCannotBeEnded() throws IOException {
    long gone = interrupted(dir.resolve("unplugged"));
    long here = interrupted(Files.createDirectory(disk));
    try (Recorder recorder = new Recorder(Files.createDirectory(dir.resolve("root")), ledger)) {
      assertEquals(List.of(), recorder.files());
      assertFalse(isEnded(gone));
      assertTrue(isEnded(here));
    }
  }

  @Test
  void whatCouldNotBeEndedIsEndedWhenItsFolderIsBack() throws IOException {
    long recording = interrupted(disk);
    housekeeping.recover();
    Files.createDirectory(disk);
    sweepUntil("the recording is ended", () -> isEnded(recording));
  }

  @Test
  void aPartWhoseDiskIsMountedLateIsFinishedThen() throws IOException {
    SegmentRow row = LedgerRows.open(ledger, LedgerRows.recording(ledger), disk, "a.flv");

    assertEquals(List.of(), housekeeping.recover());
    assertEquals(State.OPEN, row(row).orElseThrow().state());

    part(row);
    sweepUntil("it is told", () -> !finished.isEmpty());
    assertEquals(State.CLOSED, row(row).orElseThrow().state());
    assertEquals(row.id(), finished.get(0).id());
    assertTrue(Files.exists(row.path()));
    assertFalse(Files.exists(row.partPath()));
  }

  /** A recorder that starts meanwhile makes the folder below the empty mount point. */
  @Test
  void aFolderThatIsMadeAnewDoesNotMakeThePartGone() throws IOException {
    SegmentRow away = LedgerRows.open(ledger, LedgerRows.recording(ledger), disk, "a.flv");
    Path other = dir.resolve("other");
    SegmentRow back = LedgerRows.open(ledger, LedgerRows.recording(ledger), other, "a.flv");
    housekeeping.recover();

    Files.createDirectory(disk);
    part(back);
    sweepUntil("the other is finished", () -> !finished.isEmpty());
    assertTrue(row(away).isPresent());

    part(away);
    sweepUntil("both are finished", () -> finished.size() == 2);
  }

  /** Its coverage file would be delivered without the part that is still to come. */
  @Test
  void aRecordingWaitsForItsPartBeforeItIsEnded() throws IOException {
    long recording = LedgerRows.recording(ledger);
    SegmentRow row = LedgerRows.open(ledger, recording, disk, "a.flv");
    housekeeping.recover();
    assertFalse(isEnded(recording));

    part(row);
    sweepUntil("the recording is ended", () -> isEnded(recording));
    assertEquals(State.CLOSED, row(row).orElseThrow().state());
    assertTrue(Files.readString(disk.resolve("a.coverage.json")).contains("a.flv"));
  }

  /** A recording with one finished file, interrupted long ago. */
  private long interrupted(Path root) {
    long recording = LedgerRows.recording(ledger);
    SegmentRow open = LedgerRows.open(ledger, recording, root, "a.flv");
    LedgerRows.tell(
        ledger,
        rows -> rows.closeSegment(LedgerRows.closed(open, 1000), LedgerRows.NOW, List.of()));
    return recording;
  }

  private static void part(SegmentRow row) throws IOException {
    Files.createDirectories(row.root());
    Files.copy(FlvSamples.avcAac(Duration.ofSeconds(4)), row.partPath());
  }

  private boolean isEnded(long recording) {
    return LedgerRows.ask(ledger, rows -> rows.recording(recording).orElseThrow())
        .endedAt()
        .isPresent();
  }

  private Optional<SegmentRow> row(SegmentRow row) {
    return LedgerRows.ask(ledger, rows -> rows.segment(row.id()));
  }

  /** Seconds go by quickly here. */
  private void sweepUntil(String what, java.util.function.BooleanSupplier condition) {
    Await.until(
        LIMIT,
        what,
        () -> {
          housekeeping.tick(List.of());
          return condition.getAsBoolean();
        });
  }
}
