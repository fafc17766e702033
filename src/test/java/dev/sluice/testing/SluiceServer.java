package dev.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.web.door.LocalKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sluice serve} as a child process on a data directory, started as often as a test wants.
 */
public final class SluiceServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final Pattern ADDRESS =
      Pattern.compile("^Sluice .*(http://\\S+)", Pattern.MULTILINE);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path data;
  private SluiceProcess process;
  private URI address;

  /** What the API answered. */
  public record Reply(int status, JsonNode body) {}

  /**
   * A server that does not run yet.
   *
   * @param data its data directory, made if missing
   * @param settings the text of its settings file
   */
  public SluiceServer(Path data, String settings) {
    this.data = data;
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings(settings);
    Doors.own(data);
  }

  /** The settings file, replaced in one step as editors do. */
  public void settings(String text) {
    try {
      Path next = Files.writeString(data.resolve("sluice.yaml.next"), text);
      Files.move(next, data.resolve("sluice.yaml"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the settings file. */
  public String settings() {
    try {
      return Files.readString(data.resolve("sluice.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it serves. */
  public SluiceServer start() {
    process = SluiceProcess.start("serve", "--data", data.toString());
    Await.until(
        START_LIMIT,
        () -> "the server starts: " + process,
        () -> ADDRESS.matcher(process.output()).find() || !process.isAlive());
    Matcher found = ADDRESS.matcher(process.output());
    if (!found.find()) {
      throw new AssertionError("the server ended at once: " + process);
    }
    address = URI.create(found.group(1));
    return this;
  }

  public SluiceProcess process() {
    return process;
  }

  public URI address() {
    return address;
  }

  /** Asks it to end by SIGTERM and waits; fails unless it ends with code 0 within 20 s. */
  public void stop() {
    process.signal("TERM");
    int code = process.exitCode(STOP_LIMIT);
    if (code != 0) {
      throw new AssertionError("ended with " + code + ": " + process);
    }
  }

  /** kill -9. */
  public void kill() {
    process.kill();
  }

  public Reply get(String path) {
    return ask("GET", path, "");
  }

  public Reply post(String path, String json) {
    return ask("POST", path, json);
  }

  /**
   * One request.
   *
   * @param path below {@code /api/v1}
   * @param json body, or empty
   */
  public Reply ask(String method, String path, String json) {
    HttpRequest.BodyPublisher body =
        json.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/api/v1" + path))
            .timeout(ANSWER_LIMIT)
            .header("Authorization", "Bearer " + localKey())
            .method(method, body);
    if (!json.isEmpty()) {
      String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<String> answer =
          Contract.check(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + ": " + process, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What commands on the same machine show. */
  private String localKey() {
    try {
      return LocalKey.read(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rooms as the API lists them. */
  public List<JsonNode> rooms() {
    List<JsonNode> rooms = new ArrayList<>();
    get("/rooms").body().get("items").forEach(rooms::add);
    return rooms;
  }

  /** The state of the only room. */
  public String state() {
    List<JsonNode> rooms = rooms();
    return rooms.size() == 1 ? rooms.get(0).get("state").asText() : rooms.size() + " rooms";
  }

  /** Waits until the only room is in this state. */
  public void awaitState(String state) {
    Await.until(
        START_LIMIT, () -> state + ", but is " + rooms() + process, () -> state().equals(state));
  }

  /** Rows of the ledger, each as one line; the server may run or not. */
  public List<String> rows(String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ledger.db"));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.append(i > 1 ? "|" : "").append(found.getString(i));
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    if (process != null && process.isAlive()) {
      process.kill();
    }
  }
}
