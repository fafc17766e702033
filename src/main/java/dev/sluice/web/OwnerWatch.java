package dev.sluice.web;

import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner as the file says, looked at every two seconds: a command may set another password. What
 * cannot be read leaves the last good one in force. For the event loop of the web server.
 */
final class OwnerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerWatch.class);
  private static final long POLL_MS = 2000;

  private final Vertx vertx;
  private final OwnerFile file;
  private Optional<Owner> owner = Optional.empty();
  private String mark = "";
  private boolean busy;

  OwnerWatch(Vertx vertx, OwnerFile file) {
    this.vertx = vertx;
    this.file = file;
  }

  private record Read(Optional<Owner> owner, String mark) {}

  /** Reads it, and goes on looking. Fails when there is a file that cannot be read. */
  Future<Void> start() {
    return vertx
        .executeBlocking(() -> read(file))
        .map(
            read -> {
              take(read);
              vertx.setPeriodic(POLL_MS, id -> poll());
              return null;
            });
  }

  /** Empty until the first start is done. */
  Optional<Owner> owner() {
    return owner;
  }

  /** The owner as the file says at this moment; as it said last where it cannot be read. */
  Future<Optional<Owner>> now() {
    String known = mark;
    return vertx
        .executeBlocking(() -> file.mark().equals(known) ? null : read(file))
        .onSuccess(this::takeChanged)
        .transform(read -> Future.succeededFuture(owner));
  }

  /** Writes it, and takes it once it is on the disk. */
  Future<Void> set(Owner next) {
    busy = true;
    return vertx
        .executeBlocking(
            () -> {
              file.write(next);
              return new Read(Optional.of(next), file.mark());
            })
        .onComplete(done -> busy = false)
        .map(
            read -> {
              take(read);
              return null;
            });
  }

  private void poll() {
    if (busy) {
      return;
    }
    busy = true;
    String known = mark;
    vertx
        .executeBlocking(() -> file.mark().equals(known) ? null : read(file))
        .onComplete(done -> busy = false)
        .onSuccess(this::takeChanged)
        .onFailure(failure -> LOG.error("{}; the one before holds", failure.getMessage()));
  }

  private void takeChanged(Read read) {
    if (read != null && read.owner().isPresent()) {
      LOG.info("the owner's password was set");
      take(read);
    }
  }

  private void take(Read read) {
    owner = read.owner();
    mark = read.mark();
  }

  /** The mark first: what changes while it is read is then read again. */
  private static Read read(OwnerFile file) throws IOException {
    String mark = file.mark();
    return new Read(file.read(), mark);
  }
}
