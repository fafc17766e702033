package dev.sluice.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the files of each root: a disk that hangs holds up nothing but its own, and what
 * is done to one recording is done in order. For one event loop.
 */
final class RootThreads {
  private static final int MAX_WAITING = 64;
  private static final int IDLE_SECONDS = 60;

  private final Context context;
  private final Map<Path, ExecutorService> threads = new HashMap<>();

  RootThreads(Context context) {
    this.context = context;
  }

  /** Runs work that blocks; fails when too much waits for this disk already. */
  <T> Future<T> run(Path root, Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads
          .computeIfAbsent(root, path -> thread("trash-" + path.getFileName(), MAX_WAITING))
          .execute(
              () -> {
                try {
                  answer.complete(work.call());
                } catch (Throwable e) {
                  answer.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IOException("the disk of " + root + " does not answer"));
    }
    return Future.fromCompletionStage(answer, context);
  }

  /** Lets go of the threads; does not wait. */
  void close() {
    threads.values().forEach(ExecutorService::shutdown);
  }

  /** A thread that does not keep the program from ending, and ends itself when idle. */
  static ExecutorService thread(String name, int maxWaiting) {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxWaiting),
            task -> {
              Thread one = new Thread(task, name);
              one.setDaemon(true);
              return one;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }
}
