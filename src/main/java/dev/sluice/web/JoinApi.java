package dev.sluice.web;

import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.mp4.Mp4Tracks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;

/**
 * A recording as one file: all of its files, one after the other, as one fragmented MP4 with its
 * gaps where they were. Made while it is sent, about two pieces in memory; nothing is stored.
 */
final class JoinApi {
  /** At once; each reads a disk as fast as its client takes it. */
  static final int MAX_TRANSFERS = 2;

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss");

  private final PlayApi play;
  private final PlayPump pump;
  private int transfers;

  JoinApi(PlayApi play, FilePool pool) {
    this.play = play;
    this.pump = new PlayPump(pool);
  }

  void routes(Routes routes) {
    routes.raw(Access.READ, List.of(HttpMethod.GET), "/recordings/:id/joined.mp4", this::joined);
  }

  private void joined(RoutingContext context) {
    if (transfers >= MAX_TRANSFERS) {
      context.response().putHeader("retry-after", "60");
      throw new Refusal(503, "join.busy", MAX_TRANSFERS + " are being joined; try later");
    }
    transfers++;
    Future.succeededFuture()
        .compose(v -> play.rows(context))
        .compose(rows -> play.parts(rows).compose(parts -> send(context, rows, parts)))
        .onComplete(done -> transfers--)
        .onFailure(failure -> failed(context, failure));
  }

  /** Who has got half of it must see that it is half. */
  private static void failed(RoutingContext context, Throwable failure) {
    if (context.response().headWritten()) {
      context.request().connection().close();
    } else {
      Problems.answer(context, failure);
    }
  }

  private Future<Void> send(RoutingContext context, PlayRows rows, List<PlayPlan.Part> parts) {
    if (parts.isEmpty()) {
      throw PlayApi.nothing(rows);
    }
    Mp4Tracks tracks = parts.get(0).known().tracks();
    if (parts.stream().anyMatch(part -> !part.known().tracks().equals(tracks))) {
      throw new Refusal(
          409,
          "join.differs",
          "picture or sound changed during the broadcast: its files do not fit into one");
    }
    HttpServerResponse response = context.response().setChunked(true);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "video/mp4")
        .putHeader("content-disposition", FileNaming.attachment(name(rows.recording())));
    Promise<Void> sent = Promise.promise();
    response
        .write(Buffer.buffer(tracks.init()))
        .onFailure(sent::tryFail)
        .onSuccess(v -> files(context, rows, parts.iterator(), sent));
    return sent.future()
        .compose(v -> response.closed() ? Future.succeededFuture() : response.end());
  }

  private static String name(RecordingRow recording) {
    String at = DAY_AND_TIME.format(recording.startedAt().atZone(ZoneId.systemDefault()));
    return (recording.roomName() + " " + at).replaceAll("[\\\\/\\p{Cntrl}]", "_") + ".mp4";
  }

  private void files(
      RoutingContext context, PlayRows rows, Iterator<PlayPlan.Part> left, Promise<Void> sent) {
    if (!left.hasNext() || context.response().closed()) {
      sent.tryComplete();
      return;
    }
    PlayPlan.Part part = left.next();
    SegmentRow segment = rows.segment(part.segment());
    long from = part.known().positions()[0];
    pump.send(context.response(), segment, from, part.known().end(), head -> {})
        .onFailure(sent::tryFail)
        .onSuccess(v -> files(context, rows, left, sent));
  }
}
