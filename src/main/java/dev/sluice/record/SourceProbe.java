package dev.sluice.record;

import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.SourceLook.Found;
import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.SegmentSink;
import dev.sluice.net.StreamClient;
import dev.sluice.net.StreamClient.Answer;
import dev.sluice.platform.Source;
import dev.sluice.room.Liveness;
import dev.sluice.room.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One look at a source: reads until the first media, writes nothing. */
public final class SourceProbe {
  private final Vertx vertx;
  private final StreamClient client;
  private final Duration limit;

  /**
   * @param limit of one look
   */
  public SourceProbe(Vertx vertx, StreamClient client, Duration limit) {
    this.vertx = vertx;
    this.client = client;
    this.limit = limit;
  }

  /** One look under way. */
  public static final class Look {
    private final Promise<Found> found = Promise.promise();
    private final Promise<Void> closed = Promise.promise();

    private Look() {}

    /** What was found; never fails. */
    public Future<Found> found() {
      return found.future();
    }

    /** Ends it, if it has not ended; completes when no connection of it is open. */
    public Future<Void> end() {
      tell(new Finding(Outcome.UNKNOWN, Reason.of("stopped", "the look was ended")));
      return closed.future();
    }

    private void tell(Finding finding) {
      boolean off = finding.outcome() == Outcome.OFFLINE;
      Liveness liveness = off ? Liveness.OFFLINE : Liveness.UNKNOWN;
      found.tryComplete(new Found(liveness, finding.reason(), ""));
    }
  }

  /** Begins to look. */
  public Look look(Source source) {
    Look look = new Look();
    long timer = vertx.setTimer(limit.toMillis(), id -> look.tell(Finding.ofSilence(limit)));
    look.found().onComplete(done -> vertx.cancelTimer(timer));
    client
        .open(source.address(), source.connection())
        .onSuccess(answer -> answered(answer, look))
        .onFailure(
            failure -> {
              look.tell(Finding.ofNoAnswer(failure));
              look.closed.tryComplete();
            });
    return look;
  }

  private static void answered(Answer answer, Look look) {
    if (answer.status() != 200) {
      look.tell(Finding.ofStatus(answer));
      look.closed.tryComplete();
      return;
    }
    FlvRecording stream = new FlvRecording(new Nothing(), () -> {});
    stream.legStarted(0);
    answer.response().handler(bytes -> read(stream, bytes, look));
    answer.response().endHandler(v -> look.tell(Finding.ofEnd(stream.head())));
    answer.response().exceptionHandler(e -> look.tell(Finding.ofNoAnswer(e)));
    look.found()
        .onComplete(
            done ->
                StreamClient.close(answer.response()).onComplete(c -> look.closed.tryComplete()));
    answer.response().resume();
  }

  private static void read(FlvRecording stream, Buffer bytes, Look look) {
    if (look.found().isComplete()) {
      return;
    }
    try {
      stream.accept(ByteBuffer.wrap(bytes.getBytes()), 0);
      if (stream.receivedFrames() > 0) {
        look.found.tryComplete(
            new Found(Liveness.LIVE, Reason.of("live", "media arrives"), stream.quality()));
      }
    } catch (FlvException e) {
      look.tell(Finding.of(e, stream.head()));
    }
  }

  /** Takes everything and keeps nothing. */
  private static final class Nothing implements SegmentSink {
    @Override
    public void open(long startMs, CodecConfig video, CodecConfig audio) {}

    @Override
    public void write(FlvTag tag, long timeMs) {}

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close(SegmentEnd end) {}

    @Override
    public void gap(long atMs, long durationMs, String cause) {}
  }
}
