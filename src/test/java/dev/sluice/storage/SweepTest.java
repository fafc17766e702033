package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.Notice;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.StorageNext;
import dev.sluice.bus.StorageOverview;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.room.RoomKey;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the settings on real files. */
class SweepTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final RoomKey OTHER = new RoomKey("direct", "http://other.test/live.flv");
  @TempDir private Path dir;
  private StorageFixture storage;

  @BeforeEach
  void begin() throws IOException {
    storage = new StorageFixture(dir);
  }

  @AfterEach
  void end() {
    storage.close();
  }

  private long made(RoomKey room, int hoursOld, List<String> targets, int bytes) {
    return storage.recording(room, Instant.now().minus(Duration.ofHours(hoursOld)), targets, bytes);
  }

  private void settled(Disposal wanted, long... recordings) {
    for (long id : recordings) {
      Await.until(
          LIMIT, () -> id + " " + storage.disposal(id), () -> storage.disposal(id) == wanted);
    }
  }

  @Test
  void whatIsTooOldGoesAndWhatIsLockedOrYoungStays() {
    long old = made(LedgerRows.ROOM, 50, List.of(), 100);
    long unsent = made(LedgerRows.ROOM, 49, List.of("nas"), 100);
    long guarded = made(LedgerRows.ROOM, 48, List.of(), 100);
    LedgerRows.tell(storage.ledger, rows -> rows.storage().setProtected(guarded, true));
    long young = made(LedgerRows.ROOM, 2, List.of(), 100);
    long kept = made(OTHER, 60, List.of(), 100);
    storage.start(
        "storage: {keep: {for: 24h}}\nrooms:\n  - {link: '%s', keep: {for: off}}"
            .formatted(OTHER.id()));
    settled(Disposal.TRASHED, old);
    StorageNext next = storage.ask(new StorageCommand.Next(), StorageNext.class);
    assertEquals(
        List.of(unsent, guarded, young), next.items().stream().map(i -> i.recording()).toList());
    assertEquals("lock.delivery", next.items().get(0).locks().get(0).key());
    assertEquals("lock.protected", next.items().get(1).locks().get(0).key());
    assertTrue(next.items().get(2).dueAt().isPresent());
    settled(Disposal.KEPT, unsent, guarded, young, kept);
    assertEquals(Optional.of("age"), storage.stored(old).cause());
    Await.until(LIMIT, "it is said", () -> said("storage.taken"));
  }

  private boolean said(String key) {
    return storage.notices.stream().map(Notice::reason).anyMatch(why -> why.key().equals(key));
  }

  @Test
  void whatARuleTookAndAPersonBringsBackStays() {
    long old = made(LedgerRows.ROOM, 50, List.of(), 100);
    storage.start("storage: {keep: {for: 24h}}");
    settled(Disposal.TRASHED, old);
    storage.ask(new StorageCommand.Restore(old), StorageReply.class);
    settled(Disposal.KEPT, old);
    StorageNext next = storage.ask(new StorageCommand.Next(), StorageNext.class);
    assertEquals("lock.protected", next.items().get(0).locks().get(0).key());
    storage.ask(new StorageCommand.Protect(old, false), StorageReply.class);
    assertEquals(
        List.of(),
        storage.ask(new StorageCommand.Next(), StorageNext.class).items().get(0).locks());
  }

  @Test
  void theOldestGoUntilTheSizesAreKept() {
    long first = made(LedgerRows.ROOM, 9, List.of(), 1_000_000);
    long second = made(OTHER, 8, List.of(), 1_000_000);
    long third = made(LedgerRows.ROOM, 7, List.of(), 1_000_000);
    long fourth = made(LedgerRows.ROOM, 6, List.of(), 1_000_000);
    storage.start(
        "storage: {keep: {size: 3MB}}\nrooms:\n  - {link: '%s', keep: {size: 1500KB}}"
            .formatted(LedgerRows.ROOM.id()));
    settled(Disposal.TRASHED, first, third);
    settled(Disposal.KEPT, second, fourth);
    assertEquals(Optional.of("room_size"), storage.stored(third).cause());
    long left = LedgerRows.ask(storage.ledger, r -> r.storage().keptBytes());
    assertEquals(2_000_000, left);
  }

  @Test
  void aClockFarFromAllRecordingsTakesNothingByAge() {
    long old = made(LedgerRows.ROOM, 24 * 3650, List.of(), 2_000_000);
    long alsoOld = made(LedgerRows.ROOM, 24 * 3649, List.of(), 1_000_000);
    storage.start("storage: {keep: {for: 24h, size: 2MB}}");
    settled(Disposal.TRASHED, old);
    Await.until(LIMIT, "the doubt is said", () -> said("storage.clock"));
    StorageNext next = storage.ask(new StorageCommand.Next(), StorageNext.class);
    assertTrue(next.paused().isPresent());
    assertEquals(List.of(), next.items());
    assertEquals(Optional.of("total_size"), storage.stored(old).cause());
    assertEquals(Disposal.KEPT, storage.disposal(alsoOld));
  }

  @Test
  void aDoubtfulClockIsSaidOnlyWhereItMatters() {
    long old = made(LedgerRows.ROOM, 24 * 3650, List.of(), 2_000_000);
    storage.start("storage: {keep: {size: 1MB}}");
    settled(Disposal.TRASHED, old);
    Await.until(LIMIT, "it is said", () -> said("storage.taken"));
    assertFalse(said("storage.clock"));
  }

  @Test
  void aRoomThatCannotBeNamedKeepsWhatMayBeItsOwn() {
    long old = made(LedgerRows.ROOM, 50, List.of(), 100);
    long known = made(OTHER, 50, List.of(), 100);
    storage.start(
        "storage: {keep: {for: 24h}}\nrooms:\n  - {link: '%s'}\n  - {link: 'no link at all', keep: {for: off}}"
            .formatted(OTHER.id()));
    settled(Disposal.TRASHED, known);
    StorageNext next = storage.ask(new StorageCommand.Next(), StorageNext.class);
    assertEquals("lock.unsure", next.items().get(0).locks().get(0).key());
    assertEquals(Disposal.KEPT, storage.disposal(old));
  }

  @Test
  void tellsWhatEachRoomHolds() {
    made(LedgerRows.ROOM, 9, List.of(), 300);
    made(OTHER, 8, List.of(), 1000);
    long trashed = made(OTHER, 7, List.of(), 500);
    storage.start("storage: {reserve: 1GB}");
    storage.ask(new StorageCommand.Trash(trashed, false));
    Await.until(
        LIMIT,
        "the disk is measured",
        () -> overview().gate().freeBytes() > 0 && overview().gate().open());
    StorageOverview.Root root = overview();
    assertEquals(storage.root, root.gate().root());
    assertEquals(1300, root.usedBytes());
    assertEquals(500, root.trashBytes());
    assertEquals(1_000_000_000L, root.reserveBytes());
    assertEquals(1800, root.bytesPerDay(), "all segments of today");
    assertEquals(
        List.of(OTHER.publicId(), LedgerRows.ROOM.publicId()),
        root.rooms().stream().map(StorageOverview.Room::roomId).toList());
    assertEquals(1, root.rooms().get(0).recordings());
    assertEquals(1000, root.rooms().get(0).bytes());
  }

  @Test
  void saysWhenTheDiskIsFullAtWhatArrivesNow() {
    storage.start("storage: {reserve: 0}");
    Await.until(LIMIT, "the disk is measured", () -> overview().gate().freeBytes() > 0);
    assertEquals(Optional.empty(), overview().fullAtThisRate());
    progress(LedgerRows.ROOM, true, 1_000_000_000L);
    progress(OTHER, false, 1_000_000_000L);
    Await.until(LIMIT, "the rate is known", () -> overview().bytesPerSecond() > 0);
    StorageOverview.Root root = overview();
    assertEquals(1_000_000_000L, root.bytesPerSecond(), "a silent connection fills nothing");
    assertEquals(
        root.gate().freeBytes() / 1_000_000_000L, root.fullAtThisRate().orElseThrow().toSeconds());
  }

  private void progress(RoomKey room, boolean receiving, long rate) {
    Topics.RECORDING_PROGRESS.publish(
        storage.vertx,
        new RecordingProgress(room, 1, 1, receiving, 0, 0, rate, 0, 1, 0, 0, "", "a.flv"));
  }

  @Test
  void aLowDiskIsToldOnce() {
    storage.start("storage: {reserve: 900TB}");
    Await.until(LIMIT, "it is said", () -> said("disk.low"));
    // it is measured every 20 ms
    long before = System.nanoTime();
    Await.until(LIMIT, "a while", () -> System.nanoTime() - before > 200_000_000);
    assertEquals(
        1, storage.notices.stream().filter(n -> n.reason().key().equals("disk.low")).count());
  }

  private StorageOverview.Root overview() {
    return storage.ask(new StorageCommand.Overview(), StorageOverview.class).roots().get(0);
  }
}
