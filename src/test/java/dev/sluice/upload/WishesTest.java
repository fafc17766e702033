package dev.sluice.upload;

import static dev.sluice.upload.UploadFixture.await;
import static dev.sluice.upload.UploadFixture.bytes;
import static dev.sluice.upload.UploadFixture.deliveries;
import static dev.sluice.upload.UploadFixture.filesIn;
import static dev.sluice.upload.UploadFixture.settings;
import static dev.sluice.upload.UploadFixture.sha256;
import static dev.sluice.upload.UploadFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.DeliveryCommand;
import dev.sluice.bus.DeliveryCommand.Action;
import dev.sluice.bus.DeliveryCommand.Result;
import dev.sluice.bus.DeliveryOrder;
import dev.sluice.bus.DisposalNews;
import dev.sluice.bus.Notice;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.DeliveryRow.State;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.net.Backoff;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person may want of deliveries, with real files. */
class WishesTest {
  private static final int LARGE = 96 * 1024 * 1024;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();
  private SqliteLedger ledger;
  private Path root;
  private Path nas;

  @BeforeEach
  void begin() {
    PassThroughCodec.register(vertx);
    Topics.NOTICE.consume(vertx, notices::add);
    root = dir.resolve("recordings");
    nas = dir.resolve("nas");
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
        .deployVerticle(new UploadVerticle(ledger, () -> settings(root, Map.of("nas", nas)), quick))
        .await(20, TimeUnit.SECONDS);
  }

  private SegmentRow ready(String file, int bytes) throws Exception {
    write(root.resolve(file), bytes(bytes, file.hashCode()));
    return LedgerRows.ready(ledger, root, file, bytes, "nas");
  }

  private DeliveryRow only() {
    List<DeliveryRow> all = deliveries(ledger);
    assertEquals(1, all.size());
    return all.get(0);
  }

  private Result wish(long id, Action action) throws Exception {
    return Topics.DELIVERY_COMMAND
        .request(
            vertx,
            new DeliveryCommand(id, action),
            DeliveryCommand.Reply.class,
            Duration.ofSeconds(20))
        .await(20, TimeUnit.SECONDS)
        .result();
  }

  private boolean isCopying() {
    return filesIn(nas.getParent()).stream()
        .filter(file -> file.startsWith("nas/"))
        .anyMatch(file -> dir.resolve(file).toFile().length() > 1024 * 1024);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"PAUSE", "SKIP"})
  void whatIsBeingSentIsGivenUpAndLeavesNothingAndGoesOnWhole(Action action) throws Exception {
    ready("a.flv", LARGE);
    deploy();
    await("the copy is under way", this::isCopying);
    assertEquals(Result.DONE, wish(only().id(), action));
    assertEquals(action == Action.PAUSE ? State.PAUSED : State.SKIPPED, only().state());
    assertEquals(List.of(), filesIn(nas), "no half file under any name");
    assertEquals(0, only().tries(), "that was no failure");
    assertEquals(Result.DONE, wish(only().id(), Action.RESUME));
    await("done", () -> only().state() == State.DONE);
    assertEquals(List.of("a.flv"), filesIn(nas));
    assertEquals(sha256(root.resolve("a.flv")), sha256(nas.resolve("a.flv")));
    assertEquals(Result.NOT_FITTING, wish(only().id(), Action.SKIP), "it is there");
    assertEquals(State.DONE, only().state());
  }

  @Test
  void aPausedOneHoldsUpNoOther() throws Exception {
    ready("a.flv", LARGE);
    deploy();
    await("the copy is under way", this::isCopying);
    wish(only().id(), Action.PAUSE);
    ready("b.flv", 1000);
    Topics.SETTINGS_CHANGED.publish(vertx, null);
    wish(only("a.flv").id(), Action.RETRY);
    await("b is done", () -> only("b.flv").state() == State.DONE);
    assertEquals(State.PAUSED, only("a.flv").state());
  }

  private DeliveryRow only(String file) {
    return deliveries(ledger).stream().filter(row -> row.file().equals(file)).findFirst().get();
  }

  @Test
  void nothingIsSentWhileAllIsPausedAlsoAfterARestart() throws Exception {
    ready("a.flv", LARGE);
    String first = deploy();
    await("the copy is under way", this::isCopying);
    assertEquals(Result.DONE, wish(0, Action.PAUSE));
    assertEquals(State.WAITING, only().state());
    assertEquals(List.of(), filesIn(nas));
    await("it is said", () -> notices.stream().anyMatch(n -> n.id().equals("delivery.held")));
    vertx.undeploy(first).await(20, TimeUnit.SECONDS);
    notices.clear();
    deploy();
    await("it is said again", () -> notices.stream().anyMatch(n -> !n.over()));
    assertEquals(Result.DONE, wish(0, Action.PAUSE), "twice is once");
    assertEquals(State.WAITING, only().state());
    assertEquals(Result.DONE, wish(0, Action.RESUME));
    await("done", () -> only().state() == State.DONE);
    await("it is over", () -> notices.stream().anyMatch(Notice::over));
  }

  @Test
  void whatWasSkippedCountsAsSettledForWhatMayBeDeleted() throws Exception {
    SegmentRow segment = ready("a.flv", 1000);
    ledger
        .call(
            rows -> {
              rows.holdDeliveries(Optional.of(Instant.now()));
              return null;
            })
        .toCompletableFuture()
        .get();
    deploy();
    assertEquals(1, awaited(segment).size());
    wish(only().id(), Action.SKIP);
    assertEquals(List.of(), awaited(segment));
  }

  private List<String> awaited(SegmentRow segment) throws Exception {
    return ledger
        .call(rows -> rows.storage().stored(segment.recording()).orElseThrow().awaited())
        .toCompletableFuture()
        .get();
  }

  @Test
  void aRecordingIsDeliveredAgainOnlyWhenThatIsSaid() throws Exception {
    SegmentRow segment = ready("a.flv", 1000);
    deploy();
    await("done", () -> only().state() == State.DONE);
    Files.delete(nas.resolve("a.flv"));
    assertEquals(0, order(segment, false));
    assertFalse(Files.exists(nas.resolve("a.flv")));
    assertEquals(1, order(segment, true));
    await("it is there again", () -> Files.exists(nas.resolve("a.flv")));
    await("done again", () -> only().state() == State.DONE);
    assertEquals(List.of("a.flv"), filesIn(nas));
    assertTrue(order(segment, true) > 0);
    await("done once more", () -> only().state() == State.DONE);
    assertEquals(List.of("a.flv"), filesIn(nas), "the same file is not put there twice");
  }

  private int order(SegmentRow segment, boolean again) throws Exception {
    return Topics.DELIVERY_ORDER
        .request(
            vertx,
            new DeliveryOrder(segment.recording(), List.of("nas"), again),
            DeliveryOrder.Reply.class,
            Duration.ofSeconds(20))
        .await(20, TimeUnit.SECONDS)
        .count();
  }

  @Test
  void theNoticeOfWhatWentToTheTrashGoesAndComesBackWithIt() throws Exception {
    write(root.resolve("a.flv"), bytes(1000, 1));
    SegmentRow segment = LedgerRows.ready(ledger, root, "a.flv", 1000, "gone");
    deploy();
    await("it needs a person", () -> only().state() == State.NEEDS_YOU);
    await("that is said", () -> said(false) == 1);
    dispose(segment, Disposal.KEPT, Disposal.TRASHED);
    await("the notice is over", () -> said(true) == 1);
    assertEquals(List.of(), deliveries(ledger), "not shown while it is in the trash");
    dispose(segment, Disposal.TRASHED, Disposal.KEPT);
    await("it is said again", () -> said(false) == 2);
    assertEquals(1, said(true));
  }

  private long said(boolean over) {
    return notices.stream()
        .filter(notice -> notice.id().startsWith("delivery.needs_you"))
        .filter(notice -> notice.over() == over)
        .count();
  }

  private void dispose(SegmentRow segment, Disposal from, Disposal to) {
    LedgerRows.tell(
        ledger,
        rows ->
            rows.storage()
                .dispose(segment.recording(), from, to, Instant.now(), Optional.of("test")));
    Topics.DISPOSAL.publish(vertx, new DisposalNews(segment.recording()));
  }

  @Test
  void aWishForADeliveryThatIsNotThereIsSaidSo() throws Exception {
    deploy();
    for (Action action : Action.values()) {
      assertEquals(Result.NOT_FOUND, wish(4711, action), action.name());
    }
  }
}
