package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An outside program started by a test. It is ended by {@link #close()} and, if a test forgot that,
 * when the JVM exits.
 */
public final class TestProcess implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int OUTPUT_LIMIT = 32 * 1024 * 1024;
  private static final int POLITE_SECONDS = 3;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final List<String> command;
  private final Process process;
  private final Capture output;
  private final Capture errors;

  private TestProcess(List<String> command, Map<String, String> environment, String input)
      throws IOException {
    this.command = command;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = builder.start();
    RUNNING.add(process);
    process.onExit().thenRun(() -> RUNNING.remove(process));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    output = new Capture(process.getInputStream());
    errors = new Capture(process.getErrorStream());
  }

  /** Starts a program whose standard input is empty; no shell is involved. */
  public static TestProcess start(List<String> command) {
    return start(command, Map.of(), "");
  }

  /**
   * The same.
   *
   * @param environment added to ours
   * @param input what stands on standard input, no more than a pipe holds
   */
  public static TestProcess start(
      List<String> command, Map<String, String> environment, String input) {
    try {
      return new TestProcess(List.copyOf(command), environment, input);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @throws AssertionError when it takes longer than the limit or ends with another code than 0
   */
  public static TestProcess run(Duration limit, List<String> command) {
    try (TestProcess program = start(command)) {
      if (!program.endsWithin(limit)) {
        throw new AssertionError(
            command + " still ran after " + limit.toMillis() + " ms: " + program.errors());
      }
      if (program.process.exitValue() != 0) {
        throw new AssertionError(
            command + " ended with " + program.process.exitValue() + ": " + program.errors());
      }
      return program;
    }
  }

  /** Waits for the end of the program and of its output; false when the limit passed first. */
  public boolean endsWithin(Duration limit) {
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        output.join();
        errors.join();
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command.get(0) + " ran", e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Sends a signal.
   *
   * @param name without SIG, such as INT
   */
  public void signal(String name) {
    run(
        Duration.ofSeconds(POLITE_SECONDS),
        List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  /**
   * The code it ended with; 128 and the signal's number for a signal.
   *
   * @throws IllegalThreadStateException while it runs
   */
  public int exitCode() {
    return process.exitValue();
  }

  /** Standard output so far, at most its first 32 MiB. */
  public byte[] outputBytes() {
    return output.bytes();
  }

  public String output() {
    return new String(output.bytes(), StandardCharsets.UTF_8);
  }

  /** Standard error so far, at most its first 32 MiB. */
  public String errors() {
    return new String(errors.bytes(), StandardCharsets.UTF_8);
  }

  /** Ends the program at once, as a crash would. */
  public void kill() {
    process.destroyForcibly();
    endsWithin(Duration.ofSeconds(POLITE_SECONDS));
  }

  /** Asks the program to end, and kills it if it does not within 3 seconds. */
  @Override
  public void close() {
    process.destroy();
    if (!endsWithin(Duration.ofSeconds(POLITE_SECONDS))) {
      kill();
    }
  }

  /** Reads a stream on a thread of its own, so that the program never waits for us. */
  private static final class Capture extends Thread {
    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Capture(InputStream stream) {
      super("test-process-output");
      this.stream = stream;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          keep(buffer, n);
        }
      } catch (IOException e) {
        // The pipe of a killed program ends like this; what came before is kept.
      }
    }

    private synchronized void keep(byte[] buffer, int n) {
      kept.write(buffer, 0, Math.min(n, OUTPUT_LIMIT - kept.size()));
    }

    synchronized byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
