package dev.sluice.web;

import dev.sluice.ledger.SegmentRow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * Sends stretches of segments as fragments, piece by piece, no faster than they are taken. Reads on
 * the pool of the segment's disk, writes on the event loop.
 */
final class PlayPump {
  private final FilePool pool;

  PlayPump(FilePool pool) {
    this.pool = pool;
  }

  /**
   * Sends all of a stretch, or what of it there was until the client went away; the response is not
   * ended. Fails when it cannot be read.
   *
   * @param from of the first byte in the segment's file
   * @param to behind the last
   * @param head called before the first piece is written
   */
  Future<Void> send(
      HttpServerResponse response,
      SegmentRow segment,
      long from,
      long to,
      Consumer<HttpServerResponse> head) {
    return pool.run(segment.root(), () -> PlayFragment.open(segment, from, to))
        .compose(
            fragment -> {
              Promise<Void> sent = Promise.promise();
              pieces(new Stretch(response, segment, fragment, head), sent);
              return sent.future().eventually(() -> pool.run(segment.root(), fragment::close));
            });
  }

  private record Stretch(
      HttpServerResponse response,
      SegmentRow segment,
      PlayFragment fragment,
      Consumer<HttpServerResponse> head) {}

  /** One promise for all pieces: a chain of futures would be as deep as there are pieces. */
  private void pieces(Stretch stretch, Promise<Void> sent) {
    HttpServerResponse response = stretch.response();
    pool.run(stretch.segment().root(), stretch.fragment()::next)
        .onFailure(sent::tryFail)
        .onSuccess(
            piece -> {
              if (piece == null || response.closed()) {
                sent.tryComplete();
                return;
              }
              if (!response.headWritten()) {
                stretch.head().accept(response);
              }
              response.write(piece).onFailure(sent::tryFail).onSuccess(v -> pieces(stretch, sent));
            });
  }
}
