package dev.sluice.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Threads that read recordings, four for each root, so that a disk that hangs holds up nothing but
 * its own files. Used from one event loop.
 */
final class FilePool {
  private static final int THREADS = 4;
  private static final int MAX_WAITING = 64;

  /** Roots beyond these share the threads of one. */
  private static final int MAX_ROOTS = 8;

  private static final Path OTHERS = Path.of("others");

  private final Vertx vertx;
  private final Map<Path, Pool> pools = new HashMap<>();

  FilePool(Vertx vertx) {
    this.vertx = vertx;
  }

  private static final class Pool {
    private final WorkerExecutor threads;
    private int tasks;

    Pool(WorkerExecutor threads) {
      this.threads = threads;
    }
  }

  /** Runs work for a root's disk; fails with a 503 when too much waits for it already. */
  <T> Future<T> run(Path root, Callable<T> work) {
    Path known = pools.containsKey(root) || pools.size() < MAX_ROOTS ? root : OTHERS;
    Pool pool = pools.computeIfAbsent(known, this::open);
    if (pool.tasks >= MAX_WAITING) {
      return Future.failedFuture(
          new Refusal(503, "disk.busy", "the disk of the recordings does not keep up; try later"));
    }
    pool.tasks++;
    return pool.threads.executeBlocking(work, false).onComplete(done -> pool.tasks--);
  }

  private Pool open(Path root) {
    String name = "files-" + pools.size();
    // a disk that hangs is told to the user elsewhere; stack traces of waiting readers help nobody
    return new Pool(vertx.createSharedWorkerExecutor(name, THREADS, 1, TimeUnit.HOURS));
  }
}
