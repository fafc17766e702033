package dev.sluice.cli;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvRecording;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.SegmentSink;
import dev.sluice.net.StreamClient;
import dev.sluice.net.StreamClient.Answer;
import dev.sluice.net.StreamClient.NoAnswer;
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
final class Probe {
  private final Vertx vertx;
  private final StreamClient client;
  private final Duration limit;

  Probe(Vertx vertx, StreamClient client, Duration limit) {
    this.vertx = vertx;
    this.client = client;
    this.limit = limit;
  }

  /** What was found. */
  record Finding(Liveness liveness, Reason reason, String quality) {}

  Future<Finding> look(Source source) {
    Promise<Finding> found = Promise.promise();
    vertx.setTimer(
        limit.toMillis(),
        id -> found.tryComplete(unknown("no media within " + limit.toSeconds() + " s")));
    client
        .open(source.address(), source.connection())
        .onSuccess(answer -> answered(answer, found))
        .onFailure(failure -> found.tryComplete(unanswered(failure)));
    return found.future();
  }

  private static Finding unanswered(Throwable failure) {
    return failure instanceof NoAnswer none && none.refusedByGivenLink()
        ? new Finding(Liveness.OFFLINE, Reason.of("offline", "nobody listens there"), "")
        : unknown("the source does not answer: " + failure.getMessage());
  }

  private static Finding unknown(String text) {
    return new Finding(Liveness.UNKNOWN, Reason.of("unknown", text), "");
  }

  private static void answered(Answer answer, Promise<Finding> found) {
    if (answer.status() != 200) {
      boolean off = answer.status() == 404 && !answer.redirected();
      found.tryComplete(
          off
              ? new Finding(Liveness.OFFLINE, Reason.of("offline", "the source answers 404"), "")
              : unknown("the source answers " + answer.status()));
      return;
    }
    found.future().onComplete(done -> StreamClient.close(answer.response()));
    FlvRecording stream = new FlvRecording(new Nothing(), () -> {});
    stream.legStarted(0);
    answer.response().handler(bytes -> read(stream, bytes, found));
    answer
        .response()
        .endHandler(
            v ->
                found.tryComplete(
                    unknown(
                        stream.head().isEmpty()
                            ? "the answer is empty"
                            : "the answer ended before any media: " + stream.head())));
    answer.response().exceptionHandler(e -> found.tryComplete(unknown("the connection was lost")));
    answer.response().resume();
  }

  private static void read(FlvRecording stream, Buffer bytes, Promise<Finding> found) {
    if (found.future().isComplete()) {
      return;
    }
    try {
      stream.accept(ByteBuffer.wrap(bytes.getBytes()), 0);
      if (stream.receivedFrames() > 0) {
        found.tryComplete(
            new Finding(Liveness.LIVE, Reason.of("live", "media arrives"), stream.quality()));
      }
    } catch (FlvException e) {
      found.tryComplete(
          switch (e.kind()) {
            case PLAYLIST -> unknown("this is an HLS playlist, which is not yet recorded");
            case CODEC -> unknown(e.getMessage() + " is not yet recorded");
            default -> unknown("the answer is no media: " + e.getMessage());
          });
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
