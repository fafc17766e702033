package dev.sluice.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Ends the program in order on SIGINT and SIGTERM: runs the given work, and halts at 20 seconds
 * whatever happens. Files are crash-safe, so a halt loses nothing that is on the disk.
 */
final class Shutdown {
  private static final long DEADLINE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);

  private Shutdown() {}

  /**
   * @param work ends everything; its value is the exit code
   */
  static Shutdown onSignal(IntSupplier work) {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.run(work), "shutdown"));
    return shutdown;
  }

  /**
   * Ends what {@code start} begins, also when the signal comes while it begins: then it is let come
   * up first, so that it ends in order.
   *
   * @param stop ends what came up; its value is the exit code
   */
  static <T> T around(Callable<T> start, ToIntFunction<T> stop) throws Exception {
    CompletableFuture<T> begun = new CompletableFuture<>();
    Shutdown shutdown = onSignal(() -> endOf(begun, stop));
    try {
      T started = start.call();
      begun.complete(started);
      return started;
    } catch (Exception e) {
      begun.completeExceptionally(e);
      shutdown.cancel();
      throw e;
    }
  }

  private static <T> int endOf(CompletableFuture<T> begun, ToIntFunction<T> stop) {
    try {
      return stop.applyAsInt(begun.join());
    } catch (CompletionException e) {
      // Who starts it says why.
      return Main.FAILED;
    }
  }

  /** The program ends by itself: the work is not to run. */
  void cancel() {
    ended.countDown();
  }

  private void run(IntSupplier work) {
    if (ended.getCount() == 0) {
      return;
    }
    Thread deadline = new Thread(this::haltAtDeadline, "shutdown deadline");
    deadline.setDaemon(true);
    deadline.start();
    int code = work.getAsInt();
    ended.countDown();
    System.out.flush();
    // The hook decides the exit code: a signal would make it 130 or 143.
    Runtime.getRuntime().halt(code);
  }

  private void haltAtDeadline() {
    try {
      if (!ended.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("sluice: not everything ended in time; files are kept as they are");
        Runtime.getRuntime().halt(Main.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
