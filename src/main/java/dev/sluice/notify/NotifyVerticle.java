package dev.sluice.notify;

import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topic;
import dev.sluice.bus.Topics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Instant;

/**
 * Keeps the list of what a person should know and tells it whenever it changes, and the last events
 * of the log. To be started before those who have something to say. Runs on an event loop.
 */
public final class NotifyVerticle extends VerticleBase {
  /** Several at once are told as one list. */
  private static final long GATHER_MS = 100;

  private final NoticeBoard board = new NoticeBoard();
  private final RoomLog roomLog = new RoomLog();
  private LogRing ring;
  private boolean telling;

  @Override
  public Future<?> start() {
    ring = LogRing.attached();
    Topics.NOTICE.consume(vertx, this::take);
    Topics.ROOM_STATUS.consume(vertx, this::onStatus);
    Topics.STORAGE_GATE.consume(vertx, (StorageGate gate) -> take(Watch.of(gate)));
    Topics.NOTICES_ASK.serve(vertx, ask -> Topic.reply(ask, new NoticeList(board.shown())));
    Topics.NOTICE_DISMISS.serve(vertx, this::dismiss);
    Topics.LOG.serve(vertx, ask -> Topic.reply(ask, ring.find(ask.body())));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    ring.close();
    return Future.succeededFuture();
  }

  private void onStatus(RoomStatus status) {
    roomLog.take(status);
    take(Watch.of(status));
    if (status.removed() && board.forgetRoom(status.id())) {
      tellSoon();
    }
  }

  private void take(Notice notice) {
    if (board.take(notice, Instant.now())) {
      tellSoon();
    }
  }

  private void dismiss(Message<NoticeList.Dismiss> message) {
    boolean known = board.dismiss(message.body().id());
    if (known) {
      tellSoon();
    }
    Topic.reply(message, known);
  }

  private void tellSoon() {
    if (!telling) {
      telling = true;
      vertx.setTimer(GATHER_MS, timer -> tell());
    }
  }

  private void tell() {
    telling = false;
    Topics.NOTICES.publish(vertx, new NoticeList(board.shown()));
  }
}
