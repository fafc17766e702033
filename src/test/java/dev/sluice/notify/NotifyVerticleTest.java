package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import dev.sluice.testing.Await;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifyVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final RoomKey ROOM = new RoomKey("direct", "http://a.test/");

  private final Vertx vertx = Vertx.vertx();
  private final List<NoticeList> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    PassThroughCodec.register(vertx);
    vertx.deployVerticle(new NotifyVerticle()).await(20, TimeUnit.SECONDS);
    Topics.NOTICES.consume(vertx, told::add);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static RoomStatus room(RoomState state, boolean removed) {
    return new RoomStatus(
        ROOM.publicId(),
        ROOM,
        List.of("http://a.test/"),
        "A",
        Mode.RECORD,
        List.of(),
        state,
        Optional.of(Reason.of("refused.locked", "another program records this room")),
        Instant.EPOCH,
        Optional.empty(),
        removed);
  }

  private NoticeList asked() throws Exception {
    return Topics.NOTICES_ASK
        .request(vertx, new NoticeList.Ask(), NoticeList.class, LIMIT)
        .await(20, TimeUnit.SECONDS);
  }

  private void until(int shown) {
    Await.until(
        LIMIT,
        () -> shown + " notices in " + told,
        () -> !told.isEmpty() && told.get(told.size() - 1).shown().size() == shown);
  }

  @Test
  void aRefusedRoomIsToldUntilItIsNot() throws Exception {
    Topics.ROOM_STATUS.publish(vertx, room(RoomState.REFUSED, false));
    until(1);
    NoticeList.Shown shown = asked().shown().get(0);
    assertEquals("refused.locked", shown.reason().key());
    assertEquals(Optional.of(ROOM.publicId()), shown.roomId());
    Topics.ROOM_STATUS.publish(vertx, room(RoomState.WAITING, false));
    until(0);
    Topics.ROOM_STATUS.publish(vertx, room(RoomState.REFUSED, false));
    until(1);
    Topics.ROOM_STATUS.publish(vertx, room(RoomState.REFUSED, true));
    until(0);
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldUntilItCan() {
    Path root = Path.of("/nas");
    Topics.STORAGE_GATE.publish(vertx, new StorageGate(root, false, -1, -1));
    Topics.STORAGE_GATE.publish(vertx, new StorageGate(Path.of("/ssd"), true, 1, 2));
    until(1);
    assertEquals("/nas", told.get(0).shown().get(0).reason().values().get("root"));
    Topics.STORAGE_GATE.publish(vertx, new StorageGate(root, true, 1, 2));
    until(0);
  }

  @Test
  void aDismissedOneIsGone() throws Exception {
    Notice notice =
        new Notice(Notice.Level.INFO, Optional.empty(), Reason.of("some.key", "some text"));
    Topics.NOTICE.publish(vertx, notice);
    until(1);
    String id = told.get(0).shown().get(0).id();
    assertEquals(true, dismiss(id));
    until(0);
    assertEquals(false, dismiss(id));
    assertEquals(List.of(), asked().shown());
  }

  private boolean dismiss(String id) throws Exception {
    return Topics.NOTICE_DISMISS
        .request(vertx, new NoticeList.Dismiss(id), Boolean.class, LIMIT)
        .await(20, TimeUnit.SECONDS);
  }
}
