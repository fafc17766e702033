package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordStart;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.SegmentNews;
import dev.sluice.bus.Topic;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;

/**
 * One run of a recorder for a room, as {@link RecordVerticle} holds it. What the recorder tells
 * from its own thread is carried to the verticle's context here.
 */
final class Attempt implements Recorders, RecordingWriter.Listener {
  private final RecordVerticle owner;
  private final Message<RecordStart> message;
  private final Gate.Token token;
  private final DiskRoot root;
  private final RecorderVerticle recorder;
  private final Context home = Vertx.currentContext();
  private final Promise<Void> over = Promise.promise();
  private final Promise<String> deployed = Promise.promise();

  Attempt(RecordVerticle owner, Message<RecordStart> message, Gate.Token token, DiskRoot root) {
    this.owner = owner;
    this.message = message;
    this.token = token;
    this.root = root;
    this.recorder = new RecorderVerticle(message.body(), owner.tools(), root, this, this);
  }

  RoomKey room() {
    return message.body().room();
  }

  long question() {
    return message.body().question();
  }

  Gate.Token token() {
    return token;
  }

  DiskRoot root() {
    return root;
  }

  RecorderVerticle recorder() {
    return recorder;
  }

  /** Completes when the room has been given back. */
  Promise<Void> over() {
    return over;
  }

  void deployed(String deploymentId) {
    deployed.complete(deploymentId);
  }

  /** It never came to a recorder. */
  void refuse(Reason reason) {
    reply(RecordAnswer.Outcome.REFUSED, reason);
    over.future().onComplete(gone -> publishEnd(EndCause.REFUSED, reason));
    owner.release(this);
  }

  @Override
  public void answered(RecorderVerticle from, RecordAnswer.Outcome outcome, Reason reason) {
    home.runOnContext(v -> reply(outcome, reason));
  }

  private void reply(RecordAnswer.Outcome outcome, Reason reason) {
    Topic.reply(message, new RecordAnswer(room(), question(), outcome, recorder.epoch(), reason));
  }

  @Override
  public void ended(RecorderVerticle from, EndCause cause, Reason reason) {
    home.runOnContext(
        v ->
            deployed
                .future()
                .compose(id -> owner.undeploy(id))
                .onComplete(
                    done -> {
                      over.future().onComplete(gone -> publishEnd(cause, reason));
                      owner.release(this);
                    }));
  }

  private void publishEnd(EndCause cause, Reason reason) {
    long recording = recorder.progress().recording();
    owner.publish(
        new RecordingEnded(room(), question(), recorder.epoch(), recording, cause, reason));
  }

  @Override
  public void opened(SegmentRow segment) {
    owner.publish(segment, SegmentNews.What.OPENED);
  }

  @Override
  public void closed(SegmentRow segment) {
    owner.publish(segment, SegmentNews.What.CLOSED);
  }
}
