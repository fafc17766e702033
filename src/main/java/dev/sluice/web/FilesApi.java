package dev.sluice.web;

import dev.sluice.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Sends recorded files, whole or in part. */
final class FilesApi {
  /** Transfers at once; each holds one piece of memory. */
  static final int MAX_TRANSFERS = 32;

  private final Vertx vertx;
  private final Ledger ledger;
  private final FilePool pool;
  private int transfers;

  FilesApi(Vertx vertx, Ledger ledger, FilePool pool) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.pool = pool;
  }

  void send(RoutingContext context) {
    long recording = Query.id(context, "recording");
    String name = context.pathParam("name");
    if (transfers >= MAX_TRANSFERS) {
      context.response().putHeader("retry-after", "5");
      throw new Refusal(503, "files.busy", MAX_TRANSFERS + " files are being sent; try later");
    }
    transfers++;
    Future.fromCompletionStage(
            ledger.call(rows -> find(rows, recording, name)), vertx.getOrCreateContext())
        .map(found -> found.orElseThrow(() -> Refusal.notFound("file")))
        .compose(file -> send(context, file))
        .onComplete(done -> transfers--)
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private static Optional<RecordedFile> find(Ledger.Rows rows, long recording, String name) {
    Gone.check(rows, recording);
    return RecordedFile.find(rows, recording, name);
  }

  private Future<Void> send(RoutingContext context, RecordedFile file) {
    return pool.run(file.root(), () -> OpenFile.open(file))
        .recover(FilesApi::gone)
        .compose(
            open ->
                Future.succeededFuture(open)
                    .compose(opened -> answer(context, file, opened))
                    .eventually(() -> pool.run(file.root(), open::close)));
  }

  private static Future<OpenFile> gone(Throwable failure) {
    return Future.failedFuture(
        failure instanceof NoSuchFileException ? Refusal.notFound("file") : failure);
  }

  private Future<Void> answer(RoutingContext context, RecordedFile file, OpenFile open) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return Future.succeededFuture();
    }
    String modified = HttpDate.of(open.modified());
    response
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.ETAG, open.etag())
        .putHeader(HttpHeaders.LAST_MODIFIED, modified)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (open.etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      return response.setStatusCode(304).end();
    }
    ByteRange range = range(request, open, modified);
    if (range.kind() != ByteRange.Kind.WHOLE) {
      response.putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(open.size()));
    }
    if (range.kind() == ByteRange.Kind.OUTSIDE) {
      throw new Refusal(416, "range.outside", "the file has " + open.size() + " bytes");
    }
    response
        .setStatusCode(range.kind() == ByteRange.Kind.PART ? 206 : 200)
        .putHeader(HttpHeaders.CONTENT_TYPE, FileNaming.type(file.name()))
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
    if ("1".equals(request.getParam("download"))) {
      response.putHeader("content-disposition", FileNaming.attachment(file.name()));
    }
    return request.method().equals(HttpMethod.HEAD)
        ? response.end()
        : new FileTransfer(pool, file.root(), open, response).send(range);
  }

  /** A part is worth something only if the rest, which the client has, is of the same file. */
  private static ByteRange range(HttpServerRequest request, OpenFile open, String modified) {
    String same = request.getHeader("if-range");
    boolean changed = same != null && !same.equals(open.etag()) && !same.equals(modified);
    return changed
        ? ByteRange.whole(open.size())
        : ByteRange.of(request.getHeader("range"), open.size());
  }
}
