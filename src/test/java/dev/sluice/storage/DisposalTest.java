package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.StorageCommand.Protect;
import dev.sluice.bus.StorageCommand.Remove;
import dev.sluice.bus.StorageCommand.Restore;
import dev.sluice.bus.StorageCommand.Trash;
import dev.sluice.bus.StorageReply;
import dev.sluice.bus.StorageReply.Outcome;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Into the trash, out of it, and away: what a person asks, with real files. */
class DisposalTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
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

  private static String reason(StorageReply reply) {
    return reply.reason().map(why -> why.key()).orElse("");
  }

  private void settled(long recording, Disposal wanted) {
    Await.until(LIMIT, wanted::name, () -> storage.disposal(recording) == wanted);
  }

  @Test
  void goesToTheTrashWithEveryFileAndComesBackAsItWas() {
    long kept = storage.recording(10);
    long id = storage.recording(100, 200);
    List<String> before = storage.files();
    storage.start("");
    assertEquals(StorageReply.done(), storage.ask(new Trash(id, false)));
    assertEquals(Disposal.TRASHED, storage.disposal(id));
    String trash = ".sluice/trash/" + id + "/Cam/" + id;
    assertEquals(
        List.of(
            trash + " 1.coverage.json",
            trash + " 1.flv",
            trash + " 2.flv",
            "Cam/" + kept + " 1.coverage.json",
            "Cam/" + kept + " 1.flv"),
        storage.files());
    assertEquals(Optional.of("person"), storage.stored(id).cause());
    assertEquals(
        List.of(kept),
        LedgerRows.ask(storage.ledger, rows -> rows.recordings(Long.MAX_VALUE, 10)).stream()
            .map(row -> row.id())
            .toList());
    assertEquals(StorageReply.done(), storage.ask(new Trash(id, false)), "twice is once");
    assertEquals(StorageReply.done(), storage.ask(new Restore(id)));
    assertEquals(before, storage.files());
    assertEquals(Disposal.KEPT, storage.disposal(id));
    assertFalse(Files.exists(storage.root.resolve(".sluice/trash/" + id)), "no empty folders");
    assertTrue(storage.disposals.stream().anyMatch(news -> news.recording() == id));
  }

  @Test
  void isRemovedForGoodOnlyFromTheTrash() {
    long id = storage.recording(100, 200);
    storage.start("");
    assertEquals("trash.kept", reason(storage.ask(new Remove(id))));
    storage.ask(new Trash(id, false));
    assertEquals(StorageReply.done(), storage.ask(new Remove(id)));
    assertEquals(List.of(), storage.files());
    assertEquals(Disposal.REMOVED, storage.disposal(id));
    assertEquals("trash.gone", reason(storage.ask(new Restore(id))));
    assertEquals(Outcome.NOT_FOUND, storage.ask(new Remove(id)).outcome());
    assertEquals(Outcome.NOT_FOUND, storage.ask(new Trash(id, true)).outcome());
    assertEquals(Outcome.NOT_FOUND, storage.ask(new Trash(4711, true)).outcome());
  }

  @Test
  void whatIsProtectedStaysUntilItIsNot() {
    long id = storage.recording(100);
    List<String> before = storage.files();
    storage.start("");
    assertEquals(StorageReply.done(), storage.ask(new Protect(id, true)));
    assertEquals("lock.protected", reason(storage.ask(new Trash(id, true))));
    assertEquals(before, storage.files());
    storage.ask(new Protect(id, false));
    assertEquals(StorageReply.done(), storage.ask(new Trash(id, false)));
    assertEquals("trash.in", reason(storage.ask(new Protect(id, true))));
  }

  @Test
  void whatRunsStaysEvenByForce() {
    long id = LedgerRows.recording(storage.ledger);
    storage.enter(id, LedgerRows.ROOM, 1, "Cam/a.flv", 100, List.of());
    storage.write("Cam/a.flv", 100);
    storage.start("");
    assertEquals("lock.running", reason(storage.ask(new Trash(id, true))));
    assertEquals(List.of("Cam/a.flv"), storage.files());
  }

  @Test
  void whatIsNotDeliveredGoesOnlyByForceAndIsDeliveredWhenItIsBack() {
    long id =
        storage.recording(
            LedgerRows.ROOM, Instant.now().minusSeconds(60), List.of("nas", "s3"), 100);
    storage.start("");
    StorageReply reply = storage.ask(new Trash(id, false));
    assertEquals("lock.delivery", reason(reply));
    assertEquals("it is not delivered to nas, s3", reply.reason().orElseThrow().text());
    assertEquals(StorageReply.done(), storage.ask(new Trash(id, true)));
    assertEquals(List.of(), due(), "nothing is sent from the trash");
    assertEquals(0, shown(), "and nothing is shown to wait");
    storage.ask(new Restore(id));
    assertEquals(4, due().size());
    assertEquals(4, shown());
  }

  private List<DeliveryRow> due() {
    return LedgerRows.ask(storage.ledger, rows -> rows.deliveriesDue(Instant.now(), 100));
  }

  private int shown() {
    return LedgerRows.ask(
        storage.ledger,
        rows ->
            rows.deliveries(Optional.of(DeliveryRow.State.WAITING), Long.MAX_VALUE, 100).size());
  }

  @Test
  void whatIsNotAsItWasRecordedIsLeftAloneAndSaid() throws Exception {
    long id = storage.recording(100, 200, 300);
    Path changed = storage.write("Cam/" + id + " 2.flv", 201);
    Files.delete(storage.root.resolve("Cam/" + id + " 3.flv"));
    storage.start("");
    StorageReply reply = storage.ask(new Trash(id, false));
    assertEquals(Outcome.DONE, reply.outcome());
    assertEquals(
        "Cam/"
            + id
            + " 2.flv is not as it was recorded and was left alone; Cam/"
            + id
            + " 3.flv is missing",
        reply.reason().orElseThrow().text());
    assertTrue(Files.exists(changed));
    Path inTrash = storage.root.resolve(".sluice/trash/" + id + "/Cam/" + id + " 1.flv");
    Files.write(inTrash, new byte[7]);
    reply = storage.ask(new Remove(id));
    assertTrue(reply.reason().orElseThrow().text().contains(" 1.flv is not as it was recorded"));
    assertTrue(Files.exists(inTrash), "what somebody put into the trash stays");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.flv",
        "Cam/../../outside.flv",
        "/tmp/outside.flv",
        ".sluice/x.lock",
        ""
      })
  void namesThatLeadOutOfTheRootTouchNothing(String name) throws Exception {
    Path outside = Files.write(dir.resolve("outside.flv"), new byte[100]);
    Path lock = storage.write(".sluice/x.lock", 100);
    long id = storage.recording(10);
    storage.enter(id, LedgerRows.ROOM, 2, name, 100, List.of());
    storage.start("");
    StorageReply reply = storage.ask(new Trash(id, false));
    assertTrue(reply.reason().orElseThrow().text().contains("was left alone"), reply.toString());
    storage.ask(new Remove(id));
    assertTrue(Files.exists(outside));
    assertTrue(Files.exists(lock));
    assertEquals(Disposal.REMOVED, storage.disposal(id));
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Path outside = Files.createDirectories(dir.resolve("outside"));
    Path target = Files.write(outside.resolve("a.flv"), new byte[100]);
    long id = storage.recording(10);
    Files.createSymbolicLink(storage.root.resolve("linked"), outside);
    Files.createSymbolicLink(storage.root.resolve("Cam/link.flv"), target);
    storage.enter(id, LedgerRows.ROOM, 2, "linked/a.flv", 100, List.of());
    storage.enter(id, LedgerRows.ROOM, 3, "Cam/link.flv", 100, List.of());
    storage.start("");
    String said = storage.ask(new Trash(id, false)).reason().orElseThrow().text();
    assertTrue(said.contains("linked is no folder of its own"), said);
    assertTrue(said.contains("Cam/link.flv is not as it was recorded"), said);
    storage.ask(new Remove(id));
    assertTrue(Files.exists(target));
    assertTrue(Files.isSymbolicLink(storage.root.resolve("Cam/link.flv")));
  }

  @Test
  void aTrashThatIsALinkIsNotFollowed() throws Exception {
    Path outside = Files.createDirectories(dir.resolve("outside"));
    Files.createSymbolicLink(storage.root.resolve(".sluice/trash"), outside);
    long id = storage.recording(10);
    List<String> before = storage.files();
    storage.start("");
    storage.ask(new Trash(id, false));
    assertEquals(before, storage.files());
    try (var files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aNameThatIsTakenMeanwhileIsNotWrittenOver() throws Exception {
    long id = storage.recording(100, 200);
    storage.start("");
    storage.ask(new Trash(id, false));
    Path other = storage.write("Cam/" + id + " 2.flv", 5);
    StorageReply reply = storage.ask(new Restore(id));
    assertEquals("trash.taken", reason(reply));
    assertEquals(Disposal.TRASHED, storage.disposal(id));
    assertEquals(5, Files.size(other));
    assertFalse(Files.exists(storage.root.resolve("Cam/" + id + " 1.flv")), "all or nothing");
    Files.delete(other);
    assertEquals(StorageReply.done(), storage.ask(new Restore(id)));
    assertEquals(200, Files.size(other));
  }

  @Test
  void aDiskThatIsNotMountedPutsItOff() throws Exception {
    long id = storage.recording(100);
    List<String> before = storage.files();
    Path away = dir.resolve("away");
    storage.start("");
    Files.move(storage.root, away);
    Files.createDirectories(storage.root);
    StorageReply reply = storage.ask(new Trash(id, false));
    assertEquals(Outcome.PENDING, reply.outcome());
    assertTrue(reply.reason().orElseThrow().text().contains("is its disk mounted?"));
    assertEquals(List.of(), storage.files(), "nothing is made below an empty mount point");
    // the folder itself is made anew again and again by the measurement
    for (String name : List.of("Cam", ".sluice")) {
      Files.move(away.resolve(name), storage.root.resolve(name));
    }
    settled(id, Disposal.TRASHED);
    storage.ask(new Restore(id));
    assertEquals(before, storage.files());
  }

  @Test
  void theTrashIsEmptiedAfterItsTime() {
    long id = storage.recording(100);
    storage.start("storage: {trash: 1s}");
    storage.ask(new Trash(id, false));
    settled(id, Disposal.REMOVED);
    assertEquals(List.of(), storage.files());
  }

  @Test
  void withoutATrashItIsRemovedAtOnce() {
    long id = storage.recording(100);
    storage.start("storage: {trash: off}");
    storage.ask(new Trash(id, false));
    settled(id, Disposal.REMOVED);
    assertEquals(List.of(), storage.files());
  }
}
