package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testing.Await;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of every kind go in; none comes out where it does not belong. */
class SecretsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "server: {host: 127.0.0.1, port: 0}\n";

  /** Of every kind that requests carry; each is tried some times with another one. */
  private static final int TRIES = 5;

  private static final List<String> READING =
      List.of(
          "/settings",
          "/settings/fields",
          "/audit",
          "/sessions",
          "/keys",
          "/rooms",
          "/notices",
          "/webhooks",
          "/health",
          "/session",
          "/log?level=debug&limit=200");

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
    for (int i = 0; i < TRIES; i++) {
      send(at, "/api/v1/session", password(secret("wrong password " + i)));
      send(at, "/api/v1/session", "{\"code\":\"" + secret("code " + i) + "\"}");
      send(at, "/api/v1/rooms", "", "authorization", "Bearer " + secret("unknown key " + i));
      send(at, "/api/v1/rooms", "", "cookie", "sluice_session_1=" + secret("cookie " + i));
      send(at, "/api/v1/rooms?key=" + secret("key in a query " + i), "");
      send(at, "/api/v1/rooms", "", "x-sluice-token", secret("token " + i));
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

  private String secret(String kind) {
    String secret = "canary-" + kind.replace(' ', '-') + "-" + Integer.toHexString(kind.hashCode());
    secrets.put(kind, secret);
    return secret;
  }

  /** What the settings carry to sources, proxies and webhooks; it is used, and nobody is there. */
  private String settingsWithSecrets() throws IOException {
    StringBuilder text = new StringBuilder(SETTINGS);
    text.append("monitor: {every: 1s}\nwebhooks:\n");
    for (int i = 0; i < 3; i++) {
      file("hook" + i, secret("webhook secret " + i));
      text.append("  hook").append(i).append(":\n    url: http://127.0.0.1:9/");
      text.append(secret("webhook path " + i)).append("\n    private: true\n");
      text.append("    secret_file: hook").append(i).append('\n');
    }
    text.append("rooms:\n");
    for (int i = 0; i < 3; i++) {
      file("cookie" + i, "sid=" + secret("cookie of a file " + i));
      text.append("  - link: http://127.0.0.1:9/").append(i).append(".flv\n");
      text.append("    cookie_file: cookie").append(i).append("\n    headers:\n");
      text.append("      Authorization: Bearer ").append(secret("header " + i)).append('\n');
      text.append("    proxy: http://user:").append(secret("proxy " + i));
      text.append("@127.0.0.1:9\n");
    }
    text.append("  - link: http://127.0.0.1:9/3.flv\n    cookie: sid=");
    return text.append(secret("cookie of the settings")).append('\n').toString();
  }

  private void file(String name, String content) throws IOException {
    Path file = Files.writeString(dir.resolve(name), content + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Where the owner put them; everywhere else they are out of place. */
  private static boolean isHome(Path file) {
    return file.getFileName().toString().matches("owner\\.json|sluice\\.yaml|(hook|cookie)\\d");
  }

  private JsonNode owner() throws IOException {
    return JSON.readTree(Files.readAllBytes(dir.resolve("owner.json")));
  }

  @Test
  void stayWhereTheyBelong() throws Exception {
    try (SluiceServer server = new SluiceServer(dir, settingsWithSecrets()).start()) {
      plant(server);
      assertTrue(secrets.size() >= 40, secrets.keySet().toString());
      Await.until(
          LIMIT,
          "every room was looked at",
          () ->
              StreamSupport.stream(server.get("/rooms").body().get("items").spliterator(), false)
                  .noneMatch(room -> room.get("reason_key").asText("").equals("first_look")));
      long pid = server.process().pid();
      Map<String, String> outputs = new LinkedHashMap<>();
      for (String path : READING) {
        outputs.put("answer of " + path, server.get(path).body().toString());
      }
      outputs.put("arguments", Files.readString(Path.of("/proc/" + pid + "/cmdline")));
      server.stop();
      outputs.put("console", server.process().output() + server.process().errors());
      files().forEach(file -> outputs.put(file.toString(), text(file)));
      assertTrue(outputs.keySet().stream().anyMatch(name -> name.endsWith(".log")), "a log");
      assertEquals(List.of(), found(outputs));
    }
  }

  /** Everything in the data directory but the file that holds them, as a hash or sealed. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).filter(file -> !isHome(file)).toList();
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
