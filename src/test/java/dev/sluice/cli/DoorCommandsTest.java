package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.Doors;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.SluiceServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that open and close the door, each a process of its own. */
class DoorCommandsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SETTINGS = "server: {host: 127.0.0.1, port: 0}\n";
  private static final Pattern LINK = Pattern.compile("(http://\\S+?)/#code=(\\S+)");

  @TempDir private Path dir;

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... words) {
    return feed("", words);
  }

  private static Ran feed(String input, String... words) {
    try (SluiceProcess process = SluiceProcess.start(List.of(words), Map.of(), input)) {
      int code = process.exitCode(LIMIT);
      return new Ran(code, process.output().strip(), process.errors().strip());
    }
  }

  private static int status(URI server, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/rooms"))
            .header("Authorization", "Bearer " + key)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** A server of another user could not use what root left there. */
  @Test
  void whatRootDoesInAnotherUsersFolderBelongsToThatUser() throws Exception {
    assumeTrue(Files.getOwner(dir).getName().equals("root"), "needs root");
    UserPrincipal nobody =
        dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(dir, nobody);
    String data = dir.toString();
    assertEquals(0, feed("staple staple\n", "password", "--data", data).code());
    assertEquals(0, run("key", "add", "k", "--data", data).code());
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.toList()) {
        assertEquals(nobody, Files.getOwner(file), file.toString());
        boolean folder = Files.isDirectory(file);
        assertFalse(
            !folder
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                && file.getFileName().toString().startsWith("owner"),
            file.toString());
      }
    }
  }

  @Test
  void keysAreMadeWithAndWithoutAServer() throws Exception {
    String data = dir.toString();
    Ran early = run("key", "add", "early", "--data", data);
    assertEquals(0, early.code(), early.err());
    assertTrue(early.out().matches("sluice_[\\w-]{43}"), early.out());
    try (SluiceServer server = new SluiceServer(dir, SETTINGS).start()) {
      assertEquals(200, status(server.address(), early.out()));
      Ran late = run("key", "add", "late", "--read-only", "--data", data);
      assertEquals(0, late.code(), late.err());
      assertEquals(200, status(server.address(), late.out()));
      Ran taken = run("key", "add", "late", "--data", data);
      assertEquals(1, taken.code());
      assertTrue(taken.err().contains("choose another"), taken.err());
      String list = run("key", "--data", data, "list").out();
      assertTrue(list.contains("late  read-only") && list.contains("early  full"), list);
      assertFalse(list.contains(late.out()));
      assertEquals(0, run("key", "remove", "early", "--data", data).code());
      assertEquals(401, status(server.address(), early.out()));
      assertEquals(1, run("key", "remove", "early", "--data", data).code());
      server.stop();
    }
    assertFalse(Files.exists(dir.resolve("local.key")), "nobody is there to take it");
    assertEquals(0, run("key", "remove", "late", "--data", data).code());
    assertEquals("", run("key", "list", "--data", data).out());
  }

  @Test
  void aPasswordComesFromStandardInputAndARunningServerTakesIt() throws Exception {
    try (SluiceServer server = new SluiceServer(dir, SETTINGS).start()) {
      assertFalse(Doors.signIn(server.address()).isEmpty());
      Ran weak = feed("short\n", "password", "--data", dir.toString());
      assertEquals(1, weak.code());
      assertTrue(weak.err().contains("at least 8"), weak.err());
      Ran set = feed("another password\n", "password", "--data", dir.toString());
      assertEquals(0, set.code(), set.err());
      Await.until(LIMIT, "the new one", () -> Doors.signIn(server.address()).isEmpty());
      assertEquals(200, signIn(server.address(), "another password"));
      assertFalse(Files.readString(dir.resolve("owner.json")).contains("another"));
      server.stop();
    }
    for (String file : List.of("owner.json", "ledger.db")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file))));
    }
  }

  private static int signIn(URI server, String password) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/session"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"password\":\"" + password + "\"}"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aHeadlessMachineTakesItsPasswordFromAFile() throws Exception {
    Path secret = Files.writeString(dir.resolve("secret"), "from the file\n");
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(data.resolve("sluice.yaml"), SETTINGS);
    Map<String, String> environment = Map.of("SLUICE_PASSWORD_FILE", secret.toString());
    List<String> serve = List.of("serve", "--data", data.toString());
    String before;
    try (SluiceProcess process = SluiceProcess.start(serve, environment, "")) {
      URI address = address(process, Pattern.compile("(http://\\S+)"));
      assertEquals(200, signIn(address, "from the file"));
      assertFalse(process.output().contains("code="), process.output());
      before = Files.readString(data.resolve("owner.json"));
    }
    try (SluiceProcess process = SluiceProcess.start(serve, environment, "")) {
      address(process, Pattern.compile("(http://\\S+)"));
      assertEquals(before, Files.readString(data.resolve("owner.json")), "it is that already");
    }
    Files.writeString(secret, "short\n");
    try (SluiceProcess process = SluiceProcess.start(serve, environment, "")) {
      assertEquals(1, process.exitCode(LIMIT));
      assertTrue(process.errors().contains("SLUICE_PASSWORD_FILE"), process.toString());
    }
  }

  private static URI address(SluiceProcess process, Pattern pattern) {
    Await.until(LIMIT, process::toString, () -> pattern.matcher(process.output()).find());
    Matcher found = pattern.matcher(process.output());
    assertTrue(found.find());
    return URI.create(found.group(1));
  }

  @Test
  void theConsoleShowsTheCodeForTheFirstStartAndTheLogDoesNot() throws Exception {
    Files.writeString(dir.resolve("sluice.yaml"), SETTINGS);
    try (SluiceProcess process =
        SluiceProcess.start(List.of("serve", "--data", dir.toString()), Map.of(), "")) {
      URI address = address(process, LINK);
      Matcher link = LINK.matcher(process.output());
      assertTrue(link.find());
      String code = link.group(2);
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/api/v1/setup/check"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}"))
              .build();
      assertEquals(
          200,
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode());
      assertNothingHolds(dir.resolve("logs"), code);
    }
  }

  @Test
  void theDemoSignsInByItsAddressOnce() throws Exception {
    try (SluiceProcess process = SluiceProcess.start("demo", "--port", "0")) {
      URI address = address(process, LINK);
      Matcher link = LINK.matcher(process.output());
      assertTrue(link.find());
      String body = "{\"code\":\"" + link.group(2) + "\"}";
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/api/v1/session"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<Void> in = client.send(request, HttpResponse.BodyHandlers.discarding());
      assertEquals(200, in.statusCode());
      assertEquals(401, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
      process.signal("INT");
      assertEquals(0, process.exitCode(LIMIT));
    }
  }

  @Test
  void aRoomOfTheSettingsIsRecordedBeforeTheFirstStart() throws Exception {
    Broadcast broadcast = Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(20))).onAir();
    try (LiveSource source = LiveSource.start()) {
      source.on("/live.flv", Script.live(broadcast));
      String room =
          "recordings: {dir: rec}\nrooms: [{link: \"" + source.uri("/live.flv") + "\"}]\n";
      Files.writeString(dir.resolve("sluice.yaml"), SETTINGS + room);
      try (SluiceProcess process =
          SluiceProcess.start(List.of("serve", "--data", dir.toString()), Map.of(), "")) {
        address(process, LINK);
        Await.until(LIMIT, process::toString, () -> bytes(dir.resolve("rec")) > 10_000);
        assertFalse(Files.exists(dir.resolve("owner.json")));
      }
    }
  }

  private static long bytes(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().contains(".flv"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void assertNothingHolds(Path folder, String secret) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains(secret), file.toString());
      }
    }
  }
}
