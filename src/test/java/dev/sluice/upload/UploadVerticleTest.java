package dev.sluice.upload;

import static dev.sluice.upload.UploadFixture.allDone;
import static dev.sluice.upload.UploadFixture.await;
import static dev.sluice.upload.UploadFixture.bytes;
import static dev.sluice.upload.UploadFixture.deliveries;
import static dev.sluice.upload.UploadFixture.filesIn;
import static dev.sluice.upload.UploadFixture.settings;
import static dev.sluice.upload.UploadFixture.sha256;
import static dev.sluice.upload.UploadFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.DeliveryCommand;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.Notice;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.SettingsChanged;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.DeliveryRow.State;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.net.Backoff;
import dev.sluice.settings.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadVerticleTest {
  private static final int LARGE = 64 * 1024 * 1024;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final ConcurrentLinkedQueue<DeliveryNews> news = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();
  private volatile Settings settings;
  private SqliteLedger ledger;
  private Path root;
  private Path nas;

  @BeforeEach
  void begin() {
    PassThroughCodec.register(vertx);
    Topics.DELIVERY.consume(vertx, news::add);
    Topics.NOTICE.consume(vertx, notices::add);
    root = dir.resolve("recordings");
    nas = dir.resolve("nas");
    settings = settings(root, Map.of("nas", nas));
    ledger = SqliteLedger.open(dir.resolve("ledger.db"));
  }

  @AfterEach
  void end() {
    vertx.close().await();
    ledger.close();
  }

  private String deploy() throws Exception {
    Backoff quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
    return vertx
        .deployVerticle(new UploadVerticle(ledger, () -> settings, quick))
        .await(20, TimeUnit.SECONDS);
  }

  private void undeploy(String id) throws Exception {
    vertx.undeploy(id).await(20, TimeUnit.SECONDS);
  }

  private SegmentRow ready(String file, int bytes, String... targets) throws Exception {
    write(root.resolve(file), bytes(bytes, file.hashCode()));
    return LedgerRows.ready(ledger, root, file, bytes, targets);
  }

  private DeliveryRow only() {
    List<DeliveryRow> all = deliveries(ledger);
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void aReadySegmentReachesItsTargetAndTheRowSaysWhere() throws Exception {
    ready("room/a.flv", 1_000_000, "nas");
    deploy();
    await("done", () -> allDone(ledger));
    assertEquals(List.of("room/a.flv"), filesIn(nas));
    assertEquals(Optional.of(nas.resolve("room/a.flv").toString()), only().remote());
    assertEquals(1, only().tries());
    assertTrue(only().doneAt().isPresent());
    await("news of it", () -> news.stream().anyMatch(one -> one.state().equals("done")));
    assertEquals(
        List.of("sending", "done"), news.stream().map(DeliveryNews::state).distinct().toList());
  }

  @Test
  void aRestartInTheMiddleOfACopyEndsWithOneWholeFile() throws Exception {
    ready("a.flv", LARGE, "nas");
    String first = deploy();
    await("the copy is under way", () -> sizeOfUnfinished() > 1024 * 1024);
    long began = System.nanoTime();
    undeploy(first);
    long stoppedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

    assertEquals(State.SENDING, only().state(), "else the copy was too quick for this test");
    assertEquals(List.of(), filesIn(nas));
    assertTrue(stoppedMillis < 5_000, "stopping took " + stoppedMillis + " ms");

    deploy();
    await("done", () -> allDone(ledger));
    assertEquals(List.of("a.flv"), filesIn(nas));
    assertEquals(sha256(root.resolve("a.flv")), sha256(nas.resolve("a.flv")));
    assertEquals(2, only().tries());
  }

  private long sizeOfUnfinished() {
    try {
      Path unfinished = nas.resolve(".a.flv." + only().id() + ".sluice-tmp");
      return Files.exists(unfinished) ? Files.size(unfinished) : 0;
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  @Test
  void aFileThatWasDeliveredBeforeTheRowSaidSoIsNotCopiedAgain() throws Exception {
    ready("a.flv", 500_000, "nas");
    LedgerRows.ask(ledger, rows -> DeliverySteps.claim(rows, only(rows).id()));
    DeliveryRow killed = only();
    assertEquals(State.SENDING, killed.state());
    new FolderCopy(nas, killed, new Blocks(), sent -> {}).run();

    deploy();
    await("done", () -> allDone(ledger));
    assertEquals(List.of("a.flv"), filesIn(nas));
  }

  private static DeliveryRow only(dev.sluice.ledger.Ledger.Rows rows) {
    return rows.deliveries(Optional.empty(), Long.MAX_VALUE, 1).get(0);
  }

  @Test
  void aTargetThatIsAwayIsTriedUntilItIsBack() throws Exception {
    Path mount = dir.resolve("mount");
    settings = settings(root, Map.of("nas", mount.resolve("nas")));
    ready("a.flv", 1000, "nas");
    deploy();
    await("a few tries", () -> only().tries() >= 3);
    await(
        "the reason",
        () -> only().error().filter(error -> error.contains("is it mounted?")).isPresent());
    Files.createDirectory(mount);
    await("done", () -> allDone(ledger));
    assertEquals(List.of("a.flv"), filesIn(mount.resolve("nas")));
    assertEquals(Optional.empty(), only().error());
  }

  @Test
  void threeTargetsAndOneThatIsAwayEachGetEveryFileOnce() throws Exception {
    Map<String, Path> dirs =
        Map.of(
            "one",
            dir.resolve("one"),
            "two",
            dir.resolve("two"),
            "three",
            dir.resolve("three"),
            "away",
            dir.resolve("not/mounted"));
    settings = settings(root, dirs);
    for (int i = 0; i < 10; i++) {
      ready("f" + i + ".flv", 300_000 + i, "away", "one", "two", "three");
    }
    deploy();
    await(
        "all but the one that is away",
        () ->
            deliveries(ledger).stream()
                .allMatch(row -> row.target().equals("away") || row.state() == State.DONE));
    for (String name : List.of("one", "two", "three")) {
      assertEquals(filesIn(root), filesIn(dirs.get(name)));
      for (String file : filesIn(root)) {
        assertEquals(sha256(root.resolve(file)), sha256(dirs.get(name).resolve(file)));
      }
    }
    assertTrue(
        deliveries(ledger).stream()
            .filter(row -> !row.target().equals("away"))
            .allMatch(row -> row.tries() == 1));
  }

  @Test
  void targetsWorkSideBySideButEachSendsOneFileAtATime() throws Exception {
    settings = settings(root, Map.of("one", dir.resolve("one"), "two", dir.resolve("two")));
    ready("a.flv", LARGE, "one", "two");
    ready("b.flv", 100, "one", "two");
    deploy();
    await("both send", () -> sending().size() == 2);
    while (!allDone(ledger)) {
      List<String> targets = sending().stream().map(DeliveryRow::target).toList();
      assertEquals(targets.stream().distinct().toList(), targets);
    }
  }

  private List<DeliveryRow> sending() {
    return deliveries(ledger).stream().filter(row -> row.state() == State.SENDING).toList();
  }

  @Test
  void aTargetThatIsNotInTheSettingsNeedsAPersonAndCanBeRetried() throws Exception {
    ready("a.flv", 1000, "gone");
    ready("b.flv", 1000, "nas");
    deploy();
    await("the other is done", () -> filesIn(nas).equals(List.of("b.flv")));
    await("it needs a person", () -> row("gone").state() == State.NEEDS_YOU);
    assertTrue(
        row("gone").error().orElseThrow().contains("no target gone"), row("gone").toString());
    await("a notice", () -> !notices.isEmpty());
    assertEquals("delivery.needs_you", notices.peek().reason().key());

    Settings before = settings;
    settings = settings(root, Map.of("nas", nas, "gone", dir.resolve("gone")));
    Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, settings));
    assertEquals(
        new DeliveryCommand.Reply(DeliveryCommand.Result.DONE, 1), retry(row("gone").id()));
    await("done", () -> allDone(ledger));
    assertEquals(
        new DeliveryCommand.Reply(DeliveryCommand.Result.NOT_FITTING, 0), retry(row("gone").id()));
    assertEquals(new DeliveryCommand.Reply(DeliveryCommand.Result.NOT_FOUND, 0), retry(987_654));
    await("the notice is over", () -> notices.stream().anyMatch(Notice::over));
    assertEquals(2, notices.size());
    assertEquals(1, notices.stream().map(Notice::id).distinct().count());
    assertEquals(List.of("a.flv"), filesIn(dir.resolve("gone")));
    await("news of the retry", () -> news.stream().anyMatch(n -> n.state().equals("waiting")));
  }

  @Test
  void allThatFailedAreTriedAtOnce() throws Exception {
    ready("a.flv", 1000, "gone");
    ready("b.flv", 1000, "lost");
    ready("c.flv", 1000, "nas");
    deploy();
    await("all tried", () -> row("nas").state() == State.DONE);
    for (String target : List.of("gone", "lost")) {
      await("it needs a person", () -> row(target).state() == State.NEEDS_YOU);
    }
    Settings before = settings;
    settings =
        settings(
            root, Map.of("nas", nas, "gone", dir.resolve("gone"), "lost", dir.resolve("lost")));
    Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, settings));
    assertEquals(new DeliveryCommand.Reply(DeliveryCommand.Result.DONE, 2), retry(0));
    await("done", () -> allDone(ledger));
    assertEquals(new DeliveryCommand.Reply(DeliveryCommand.Result.DONE, 0), retry(0));
  }

  private DeliveryCommand.Reply retry(long delivery) throws Exception {
    return Topics.DELIVERY_COMMAND
        .request(
            vertx,
            new DeliveryCommand(delivery, DeliveryCommand.Action.RETRY),
            DeliveryCommand.Reply.class,
            Duration.ofSeconds(15))
        .await(20, TimeUnit.SECONDS);
  }

  private DeliveryRow row(String target) {
    return deliveries(ledger).stream()
        .filter(row -> row.target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTargetThatMovedGetsTheNextFileAtItsNewPlace() throws Exception {
    ready("a.flv", 1000, "nas");
    deploy();
    await("done", () -> allDone(ledger));
    Settings before = settings;
    Path moved = dir.resolve("moved");
    settings = settings(root, Map.of("nas", moved));
    ready("b.flv", 1000, "nas");
    Topics.SETTINGS_CHANGED.publish(vertx, new SettingsChanged(before, settings));
    await("done", () -> allDone(ledger));
    assertEquals(List.of("a.flv"), filesIn(nas));
    assertEquals(List.of("b.flv"), filesIn(moved));
  }

  @Test
  void theCoverageFileIsDeliveredWhenTheRecordingHasEnded() throws Exception {
    SegmentRow segment = ready("a.flv", 1000, "nas");
    write(root.resolve("a.coverage.json"), "{}".getBytes());
    deploy();
    await("the segment", () -> allDone(ledger));
    LedgerRows.tell(
        ledger,
        rows ->
            rows.endRecording(
                segment.recording(),
                LedgerRows.NOW,
                Optional.of("a.coverage.json"),
                List.of("nas")));
    Topics.RECORDING_ENDED.publish(
        vertx,
        new dev.sluice.bus.RecordingEnded(
            LedgerRows.ROOM,
            1,
            1,
            segment.recording(),
            dev.sluice.bus.EndCause.OVER,
            dev.sluice.room.Reason.of("over", "the broadcast is over")));
    await("the coverage", () -> filesIn(nas).contains("a.coverage.json") && allDone(ledger));
    assertEquals(2, deliveries(ledger).get(0).bytes(), "its size is known now");
  }
}
