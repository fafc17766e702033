package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testing.Doors;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.SluiceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of every kind go in; none comes out where it does not belong. */
class SecretsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "server: {host: 127.0.0.1, port: 0}\n";
  private static final List<String> READING =
      List.of(
          "/settings", "/audit", "/sessions", "/keys", "/rooms", "/notices", "/session", "/log");

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private HttpResponse<String> send(URI server, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String password(String password) {
    return "{\"password\":\"" + password + "\"}";
  }

  private void plant(SluiceServer server) throws Exception {
    URI at = server.address();
    secrets.put("wrong password", "canary-of-a-wrong-password");
    send(at, "/api/v1/session", password(secrets.get("wrong password")));
    secrets.put("password", Doors.PASSWORD);
    HttpResponse<String> in = send(at, "/api/v1/session", password(Doors.PASSWORD));
    assertEquals(200, in.statusCode());
    for (String cookie : in.headers().allValues("set-cookie")) {
      String[] parts = cookie.split(";", 2)[0].split("=", 2);
      secrets.put(parts[0], parts[1]);
    }
    secrets.put("code", "canary-of-a-sign-in-link");
    send(at, "/api/v1/session", "{\"code\":\"" + secrets.get("code") + "\"}");
    secrets.put("unknown key", "sluice_canary-of-an-unknown-key");
    send(at, "/api/v1/rooms", "", "authorization", "Bearer " + secrets.get("unknown key"));
    send(at, "/api/v1/rooms?key=" + secrets.get("unknown key"), "");
    try (SluiceProcess add = SluiceProcess.start("key", "add", "k", "--data", dir.toString())) {
      assertEquals(0, add.exitCode(LIMIT), add.toString());
      secrets.put("key", add.output().strip());
    }
    assertEquals(
        200,
        send(at, "/api/v1/rooms", "", "authorization", "Bearer " + secrets.get("key"))
            .statusCode());
    secrets.put("local key", Files.readString(dir.resolve("local.key")).strip());
    secrets.put("device key", owner().get("device_key").asText());
    secrets.put("hash of the password", owner().get("hash").asText());
  }

  private JsonNode owner() throws IOException {
    return JSON.readTree(Files.readAllBytes(dir.resolve("owner.json")));
  }

  @Test
  void stayWhereTheyBelong() throws Exception {
    try (SluiceServer server = new SluiceServer(dir, SETTINGS).start()) {
      plant(server);
      assertTrue(secrets.size() >= 10, secrets.keySet().toString());
      long pid = server.process().pid();
      Map<String, String> outputs = new LinkedHashMap<>();
      for (String path : READING) {
        outputs.put("answer of " + path, server.get(path).body().toString());
      }
      outputs.put("arguments", Files.readString(Path.of("/proc/" + pid + "/cmdline")));
      server.stop();
      outputs.put("console", server.process().output() + server.process().errors());
      outputs.put("settings", server.settings());
      files().forEach(file -> outputs.put(file.toString(), text(file)));
      assertTrue(outputs.keySet().stream().anyMatch(name -> name.endsWith(".log")), "a log");
      assertEquals(List.of(), found(outputs));
    }
  }

  /** Everything in the data directory but the file that holds them, as a hash or sealed. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("owner.json")).toList();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> found(Map<String, String> outputs) {
    List<String> found = new ArrayList<>();
    outputs.forEach(
        (name, text) -> {
          String whole = text.replaceAll("[\\r\\n]", "");
          secrets.forEach(
              (kind, secret) ->
                  forms(secret)
                      .filter(whole::contains)
                      .forEach(form -> found.add(kind + " in " + name + " as " + form)));
        });
    return found;
  }

  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
            secret,
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
        .distinct();
  }

  @Test
  void areReadableByTheirOwnerOnly() throws Exception {
    try (SluiceServer server = new SluiceServer(dir, SETTINGS).start()) {
      plant(server);
      for (String file : List.of("owner.json", "local.key", "ledger.db", "ledger.db-wal")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file))),
            file);
      }
      server.stop();
    }
  }

  @Test
  void aSearchThatFindsNothingWouldFindSomething() {
    secrets.put("canary", "a canary/with + signs");
    assertEquals(1, found(Map.of("log", "xx a canary/wi\nth + signs xx")).size(), "over lines");
    assertEquals(1, found(Map.of("log", "?q=a+canary%2Fwith+%2B+signs")).size());
    assertEquals(1, found(Map.of("log", "YSBjYW5hcnkvd2l0aCArIHNpZ25z")).size());
  }
}
