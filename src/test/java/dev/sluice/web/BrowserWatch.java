package dev.sluice.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bounds what a browser that hangs can cost. Several calls of Playwright (a new context, a script,
 * closing) have no time limit of their own; once the driver and the browser are killed, each of
 * them fails.
 */
final class BrowserWatch implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, BrowserWatch::thread);
  private final Duration limit;
  private final Set<Long> before = children();
  private ScheduledFuture<?> end;

  BrowserWatch() {
    this(LIMIT);
  }

  /**
   * Begins before the driver is started.
   *
   * @param limit from one sign of life to the next
   */
  BrowserWatch(Duration limit) {
    this.limit = limit;
    alive();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "browser-watch");
    thread.setDaemon(true);
    return thread;
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  /** The browser did what it was asked to. */
  void alive() {
    close(end);
    end = clock.schedule(this::kill, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void close(ScheduledFuture<?> end) {
    if (end != null) {
      end.cancel(false);
    }
  }

  private void kill() {
    System.err.println("the browser hangs since " + limit + " and is killed; what waits for it:");
    Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals("main"))
        .flatMap(entry -> Stream.of(entry.getValue()))
        .forEach(line -> System.err.println("    at " + line));
    ProcessHandle.current()
        .children()
        .filter(child -> !before.contains(child.pid()))
        .filter(child -> child.info().command().orElse("").endsWith("node"))
        .forEach(BrowserWatch::killTree);
  }

  private static void killTree(ProcessHandle driver) {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }

  /** The browser has ended. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
