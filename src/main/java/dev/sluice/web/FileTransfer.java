package dev.sluice.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;

/**
 * One file on its way to one client: the next piece is read when the client has taken the one
 * before, so a transfer holds one piece of memory and, while it waits, no thread.
 */
final class FileTransfer {
  private static final int PIECE = 256 * 1024;

  private final FilePool pool;
  private final Path root;
  private final OpenFile file;
  private final HttpServerResponse response;
  private final Promise<Void> done = Promise.promise();
  private long at;
  private long left;
  private boolean busy;

  FileTransfer(FilePool pool, Path root, OpenFile file, HttpServerResponse response) {
    this.pool = pool;
    this.root = root;
    this.file = file;
    this.response = response;
  }

  /** Sends the range, then ends the response; completes in any case, with the file still open. */
  Future<Void> send(ByteRange range) {
    at = range.start();
    left = range.length();
    response.closeHandler(v -> done.tryComplete());
    response.exceptionHandler(failure -> done.tryComplete());
    response.drainHandler(v -> next());
    next();
    return done.future();
  }

  private void next() {
    if (busy) {
      return;
    }
    busy = true;
    if (left == 0) {
      response.end().onComplete(ended -> done.tryComplete());
      return;
    }
    long from = at;
    int length = (int) Math.min(PIECE, left);
    pool.run(root, () -> file.read(from, length)).onSuccess(this::write).onFailure(this::cut);
  }

  private void write(Buffer piece) {
    busy = false;
    if (done.future().isComplete() || response.closed()) {
      done.tryComplete();
      return;
    }
    at += piece.length();
    left -= piece.length();
    response.write(piece);
    if (!response.writeQueueFull()) {
      next();
    }
  }

  /** The length is promised already: only a broken connection says that it was not kept. */
  private void cut(Throwable failure) {
    response.reset();
    done.tryComplete();
  }
}
