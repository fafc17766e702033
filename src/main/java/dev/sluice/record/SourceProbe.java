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

  /** Looks once; never fails. */
  public Future<Found> look(Source source) {
    Promise<Found> found = Promise.promise();
    vertx.setTimer(limit.toMillis(), id -> found.tryComplete(nothing(Finding.ofSilence(limit))));
    client
        .open(source.address(), source.connection())
        .onSuccess(answer -> answered(answer, found))
        .onFailure(failure -> found.tryComplete(nothing(Finding.ofNoAnswer(failure))));
    return found.future();
  }

  private static Found nothing(Finding finding) {
    boolean off = finding.outcome() == Outcome.OFFLINE;
    return new Found(off ? Liveness.OFFLINE : Liveness.UNKNOWN, finding.reason(), "");
  }

  private static void answered(Answer answer, Promise<Found> found) {
    if (answer.status() != 200) {
      found.tryComplete(nothing(Finding.ofStatus(answer)));
      return;
    }
    found.future().onComplete(done -> StreamClient.close(answer.response()));
    FlvRecording stream = new FlvRecording(new Nothing(), () -> {});
    stream.legStarted(0);
    answer.response().handler(bytes -> read(stream, bytes, found));
    answer.response().endHandler(v -> found.tryComplete(nothing(Finding.ofEnd(stream.head()))));
    answer.response().exceptionHandler(e -> found.tryComplete(nothing(Finding.ofNoAnswer(e))));
    answer.response().resume();
  }

  private static void read(FlvRecording stream, Buffer bytes, Promise<Found> found) {
    if (found.future().isComplete()) {
      return;
    }
    try {
      stream.accept(ByteBuffer.wrap(bytes.getBytes()), 0);
      if (stream.receivedFrames() > 0) {
        found.tryComplete(
            new Found(Liveness.LIVE, Reason.of("live", "media arrives"), stream.quality()));
      }
    } catch (FlvException e) {
      found.tryComplete(nothing(Finding.of(e, stream.head())));
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
