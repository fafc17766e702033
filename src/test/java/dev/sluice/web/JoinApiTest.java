package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Media;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinApiTest {
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(6));

  @TempDir Path folder;
  private Path root;
  private WebFixture web;
  private long recording;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectories(folder.resolve("recordings"));
    web = WebFixture.start();
    recording = LedgerRows.recording(web.ledger);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void file(Path sample, String name, long startMs, long endMs) throws IOException {
    LedgerRows.closed(web.ledger, recording, sample, root.resolve(name), startMs, endMs);
  }

  private HttpResponse<byte[]> joined() {
    return web.send(
        web.request("/api/v1/recordings/" + recording + "/joined.mp4").GET().build(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void severalFilesAreOneWithEveryFrameInOrder() throws Exception {
    file(SAMPLE, "a.flv", 0, 6000);
    file(SAMPLE, "b.flv", 6000, 12_000);
    file(SAMPLE, "c.flv", 42_000, 48_000);
    HttpResponse<byte[]> answer = joined();
    assertEquals(200, answer.statusCode());
    String disposition = answer.headers().firstValue("content-disposition").orElseThrow();
    assertTrue(disposition.startsWith("attachment; filename=\""), disposition);
    assertTrue(disposition.endsWith(".mp4"), disposition);
    Path file = Files.write(folder.resolve("joined.mp4"), answer.body());
    Media.packetCounts(SAMPLE)
        .forEach(
            (track, count) -> assertEquals(3 * count, Media.packetCounts(file).get(track), track));
    assertEquals("", Media.decodeErrors(file));
    assertEquals(48.0, Media.durationSeconds(file), 0.2, "the gap stays as long as it was");
  }

  @Test
  void filesThatDoNotFitTogetherAreSaidSo() throws Exception {
    List<Path> sizes = FlvSamples.twoSizes(Duration.ofSeconds(2));
    file(sizes.get(0), "a.flv", 0, 2000);
    file(sizes.get(1), "b.flv", 2000, 4000);
    assertEquals(409, joined().statusCode());
  }

  @Test
  void whatIsNotThereIsSaidSo() throws Exception {
    assertEquals(404, joined().statusCode());
    file(SAMPLE, "a.flv", 0, 6000);
    Files.delete(root.resolve("a.flv"));
    LedgerRows.tell(
        web.ledger,
        rows -> rows.endRecording(recording, LedgerRows.NOW, Optional.empty(), List.of()));
    assertEquals(410, joined().statusCode());
  }
}
