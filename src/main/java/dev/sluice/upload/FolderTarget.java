package dev.sluice.upload;

import dev.sluice.ledger.DeliveryRow;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Copies files into a folder, on a thread of its own: a NAS that hangs holds up no other target.
 */
final class FolderTarget implements Target {
  private static final int MAX_WAITING = 4;
  private static final int IDLE_SECONDS = 30;

  private final Path dir;
  private final Blocks blocks = new Blocks();
  private final ThreadPoolExecutor thread;

  /**
   * @param name the target's name, for the thread
   * @param dir destination folder
   */
  FolderTarget(String name, Path dir) {
    this.dir = dir;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread copier = new Thread(task, "upload-" + name);
              copier.setDaemon(true);
              return copier;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public CompletionStage<Outcome> deliver(DeliveryRow delivery, LongConsumer progress) {
    FolderCopy copy = new FolderCopy(dir, delivery, blocks, progress);
    try {
      return CompletableFuture.supplyAsync(copy::run, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void stop() {
    blocks.stop();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
