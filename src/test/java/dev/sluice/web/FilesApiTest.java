package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesApiTest {
  private static final String SECRET = "planted-secret";
  private static final String NAME = "2026 直播 & \"é\";%41.flv";
  @TempDir private Path folder;
  private Path root;
  private final byte[] media = new byte[700_001];
  private WebFixture web;
  private long recording;
  private String url;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(media);
    root = folder.resolve("recordings");
    WebFixture.file(root, "Room/" + NAME, media);
    WebFixture.file(folder, "secret.txt", SECRET.getBytes(StandardCharsets.UTF_8));
    web = WebFixture.start();
    SegmentRow segment = LedgerRows.ready(web.ledger, root, "Room/" + NAME, media.length);
    recording = segment.recording();
    url = FileNaming.url(recording, NAME);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<byte[]> get(String... headers) {
    var request = web.request(url).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return web.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void sendsTheWholeFile() {
    HttpResponse<byte[]> answer = get();
    assertEquals(200, answer.statusCode());
    assertArrayEquals(media, answer.body());
    assertEquals("video/x-flv", header(answer, "content-type"));
    assertEquals("nosniff", header(answer, "x-content-type-options"));
    assertEquals("bytes", header(answer, "accept-ranges"));
    assertTrue(header(answer, "content-security-policy").endsWith("sandbox"));
    assertTrue(answer.headers().firstValue("content-disposition").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=0-,0,700001",
    "bytes=5-9,5,5",
    "bytes=699999-,699999,2",
    "bytes=699999-99999999999999999999999,699999,2",
    "bytes=-3,699998,3",
    "bytes=-99999999999999999999999,0,700001",
    "bytes=262143-262145,262143,3"
  })
  void sendsAPart(String range, int start, int length) {
    HttpResponse<byte[]> answer = get("range", range);
    assertEquals(206, answer.statusCode());
    assertArrayEquals(Arrays.copyOfRange(media, start, start + length), answer.body());
    assertEquals(
        "bytes " + start + "-" + (start + length - 1) + "/700001", header(answer, "content-range"));
  }

  @ParameterizedTest
  @CsvSource({"bytes=700001-", "bytes=99999999999999999999-", "bytes=-0"})
  void refusesAPartOutside(String range) {
    HttpResponse<String> answer = web.send(web.request(url).header("range", range).GET());
    assertEquals(416, answer.statusCode());
    assertEquals("bytes */700001", header(answer, "content-range"));
    assertEquals("range.outside", WebFixture.tree(answer).get("key").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"bytes=5-2", "bytes=", "bytes=a-b", "items=0-1", "bytes=0-1,5-6", "bytes=-"})
  void sendsAllWhereTheRangeMakesNoSense(String range) {
    HttpResponse<byte[]> answer = get("range", range);
    assertEquals(200, answer.statusCode());
    assertEquals(media.length, answer.body().length);
  }

  @Test
  void sendsAllWhenTheFileIsAnotherOne() throws IOException {
    String etag = header(get(), "etag");
    assertEquals(206, get("range", "bytes=0-9", "if-range", etag).statusCode());
    assertEquals(304, get("if-none-match", etag).statusCode());
    Files.write(root.resolve("Room/" + NAME), new byte[10]);
    assertEquals(200, get("range", "bytes=0-4", "if-range", etag).statusCode());
    assertEquals(10, get("if-none-match", etag).body().length);
  }

  @Test
  void tellsOfAFileWithoutSendingIt() {
    HttpResponse<String> answer =
        web.send(web.request(url).method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertEquals("700001", header(answer, "content-length"));
  }

  @Test
  void namesADownload() {
    HttpResponse<Void> answer =
        web.send(web.request(url + "?download=1").GET().build(), BodyHandlers.discarding());
    assertEquals(
        "attachment; filename=\"2026 __ _ _____41.flv\";"
            + " filename*=UTF-8''2026%20%E7%9B%B4%E6%92%AD%20%26%20%22%C3%A9%22%3B%2541.flv",
        header(answer, "content-disposition"));
  }

  @Test
  void sendsTheCoverageFile() throws IOException {
    WebFixture.file(root, "Room/c.coverage.json", "{}".getBytes(StandardCharsets.UTF_8));
    LedgerRows.tell(
        web.ledger,
        rows ->
            rows.endRecording(
                recording, LedgerRows.NOW, Optional.of("Room/c.coverage.json"), List.of()));
    HttpResponse<String> answer = web.get(FileNaming.url(recording, "c.coverage.json"));
    assertEquals("{}", answer.body());
    assertEquals("application/json", header(answer, "content-type"));
  }

  @Test
  void sendsNoOpenPartAndNothingThatIsGone() throws IOException {
    SegmentRow open = LedgerRows.open(web.ledger, recording, root, "Room/open.flv");
    WebFixture.file(root, open.part(), new byte[5]);
    WebFixture.file(root, open.file(), new byte[5]);
    Problem.assertIs(404, "file.unknown", web.get(FileNaming.url(recording, "open.flv")));
    String part = FileNaming.base(open.part());
    Problem.assertIs(404, "file.unknown", web.get(FileNaming.url(recording, part)));
    Files.delete(root.resolve("Room/" + NAME));
    HttpResponse<String> gone = web.get(url);
    assertEquals(404, gone.statusCode());
    Problem.assertIs(404, "recording.unknown", web.get("/api/v1/recordings/x/files/a"));
    Problem.assertIs(404, "file.unknown", web.get("/api/v1/recordings/999/files/a"));
  }

  @Test
  void followsNoLinkOutOfTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("leak.flv"), folder.resolve("secret.txt"));
    SegmentRow leak = LedgerRows.ready(web.ledger, root, "leak.flv", 5);
    HttpResponse<String> answer = web.get(FileNaming.url(leak.recording(), "leak.flv"));
    Problem.assertIs(404, "file.unknown", answer);
    SegmentRow above = LedgerRows.ready(web.ledger, root, "../secret.txt", 5);
    Problem.assertIs(404, "file.unknown", web.get(FileNaming.url(above.recording(), "secret.txt")));
  }

  @Test
  void givesNothingToThoseWhoClimb() throws IOException {
    List<String> paths = new ArrayList<>();
    String files = "/api/v1/recordings/" + recording + "/files/";
    for (String climb : Traversals.to("secret.txt")) {
      paths.add(files + climb);
      paths.add(files + "../" + climb);
      paths.add("/" + climb);
      paths.add("/app/" + climb);
    }
    paths.add(files + "Room%2F" + FileNaming.encoded(NAME));
    paths.add(files + folder.resolve("secret.txt"));
    paths.add(files + FileNaming.encoded(folder.resolve("secret.txt").toString()));
    assertTrue(paths.size() > 60);
    List<String> wrong = new ArrayList<>();
    for (String path : paths) {
      String answer = RawHttp.get(web.port(), path);
      int status = RawHttp.status(answer);
      assertFalse(answer.contains(SECRET), path);
      if (status != 404 || !answer.contains("application/problem+json")) {
        wrong.add(status + " " + path);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Reading stops while the client takes nothing, and the API answers meanwhile. */
  @Test
  void waitsForASlowClient() throws Exception {
    Path big = root.resolve("big.flv");
    try (var file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    SegmentRow row = LedgerRows.ready(web.ledger, root, "big.flv", 200L << 20);
    Runtime heap = Runtime.getRuntime();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slow.add(RawHttp.begin(web.port(), FileNaming.url(row.recording(), "big.flv")));
    }
    assertEquals(200, web.get("/api/v1/health/live").statusCode());
    long begin = System.nanoTime();
    Await.until(
        Duration.ofSeconds(5),
        "two seconds in which all could be read",
        () -> System.nanoTime() - begin > 2_000_000_000L);
    System.gc();
    long used = heap.totalMemory() - heap.freeMemory();
    assertTrue(used < 200L << 20, "held in memory: " + used);
    for (Socket socket : slow) {
      socket.close();
    }
    Await.until(Duration.ofSeconds(20), "every file closed again", () -> openFiles(big) == 0);
  }

  private static long openFiles(Path file) {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> leadsTo(fd, file)).count();
    } catch (IOException e) {
      return -1;
    }
  }

  private static boolean leadsTo(Path fd, Path file) {
    try {
      return Files.readSymbolicLink(fd).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void sendsOnlySoManyFilesAtOnce() throws Exception {
    try (var file = new RandomAccessFile(root.resolve("big.flv").toFile(), "rw")) {
      file.setLength(50L << 20);
    }
    SegmentRow row = LedgerRows.ready(web.ledger, root, "big.flv", 50L << 20);
    String path = FileNaming.url(row.recording(), "big.flv");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < FilesApi.MAX_TRANSFERS; i++) {
      slow.add(RawHttp.begin(web.port(), path));
    }
    Problem.assertIs(503, "files.busy", web.get(url));
    for (Socket socket : slow) {
      socket.close();
    }
    Await.until(
        Duration.ofSeconds(20),
        "a free place",
        () -> get("range", "bytes=0-1").statusCode() == 206);
  }

  @Test
  void breaksOffWhenTheFileGetsShorter() throws Exception {
    Path big = root.resolve("big.flv");
    try (var file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(100L << 20);
      SegmentRow row = LedgerRows.ready(web.ledger, root, "big.flv", 100L << 20);
      String path = FileNaming.url(row.recording(), "big.flv");
      try (Socket socket = RawHttp.begin(web.port(), path)) {
        file.setLength(1);
        long read = 0;
        try {
          read = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
          read = 0;
        }
        assertTrue(read < 100L << 20, "read " + read);
      }
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
