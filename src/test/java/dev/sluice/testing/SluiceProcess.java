package dev.sluice.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program itself as a child process, with the memory that the launcher gives it. */
public final class SluiceProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms8m",
          "-Xmx64m",
          "-Xss256k",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8",
          "-Dvertx.disableFileCPResolving=true");

  private final List<String> arguments;
  private final TestProcess process;

  private SluiceProcess(
      List<String> before, List<String> arguments, Map<String, String> environment, String input) {
    this.arguments = arguments;
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-Dsluice.home=" + System.getProperty("sluice.home", "."));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.sluice.cli.Main"));
    command.addAll(arguments);
    process = TestProcess.start(command, environment, input);
  }

  /** Starts a command; it runs until it ends or is closed. */
  public static SluiceProcess start(String... arguments) {
    return start(List.of(arguments));
  }

  /** {@link #start(String...)}. */
  public static SluiceProcess start(List<String> arguments) {
    return start(arguments, Map.of(), "");
  }

  /**
   * {@link #start(String...)}.
   *
   * @param environment added to ours
   * @param input what stands on standard input
   */
  public static SluiceProcess start(
      List<String> arguments, Map<String, String> environment, String input) {
    return new SluiceProcess(List.of(), List.copyOf(arguments), environment, input);
  }

  /** Starts a command behind another network. */
  public static SluiceProcess start(BadNetwork behind, String... arguments) {
    return new SluiceProcess(behind.command(), List.of(arguments), Map.of(), "");
  }

  /**
   * Waits for the end.
   *
   * @return the exit code
   * @throws AssertionError with what the program printed when it takes longer
   */
  public int exitCode(Duration limit) {
    if (!process.endsWithin(limit)) {
      throw new AssertionError("still runs after " + limit.toMillis() + " ms: " + this);
    }
    return process.exitCode();
  }

  /** Sends a signal, named without SIG. */
  public void signal(String name) {
    process.signal(name);
  }

  /** Ends it at once, as kill -9 does, and waits until it is gone. */
  public void kill() {
    process.kill();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Standard output so far. */
  public String output() {
    return process.output();
  }

  /** Standard error so far. */
  public String errors() {
    return process.errors();
  }

  /** The whole lines of standard output so far as JSON objects. */
  public List<JsonNode> events() {
    String text = output();
    List<JsonNode> events = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (!line.isEmpty()) {
        try {
          events.add(JSON.readTree(line));
        } catch (JsonProcessingException e) {
          throw new AssertionError("no JSON: " + line, e);
        }
      }
    }
    return events;
  }

  /** The events of this name so far. */
  public List<JsonNode> events(String name) {
    return events().stream().filter(e -> e.path("event").asText().equals(name)).toList();
  }

  /** Command, output and errors, for messages. */
  @Override
  public String toString() {
    return arguments + "\n--- output\n" + tail(output()) + "\n--- errors\n" + tail(errors());
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4000));
  }

  @Override
  public void close() {
    process.close();
  }
}
