package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Media;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Playlists and fragments as a player fetches them. */
class PlayApiTest {
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

  private SegmentRow open(String name, long startMs) {
    return LedgerRows.open(web.ledger, recording, root, name, startMs);
  }

  private SegmentRow closed(Path sample, String name, long startMs, long endMs) throws IOException {
    return LedgerRows.closed(web.ledger, recording, sample, root.resolve(name), startMs, endMs);
  }

  private void end() {
    LedgerRows.tell(
        web.ledger,
        rows -> rows.endRecording(recording, LedgerRows.NOW, Optional.empty(), List.of()));
  }

  private String path(String rest) {
    return "/api/v1/recordings/" + recording + "/play/" + rest;
  }

  private List<String> playlist(String name) {
    HttpResponse<String> answer = web.get(path(name));
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(Playlists.TYPE, answer.headers().firstValue("content-type").orElseThrow());
    return answer.body().lines().toList();
  }

  private static List<String> fragments(List<String> playlist) {
    return playlist.stream().filter(line -> line.endsWith(".m4s")).toList();
  }

  private static double seconds(List<String> playlist) {
    return playlist.stream()
        .filter(line -> line.startsWith("#EXTINF:"))
        .mapToDouble(line -> Double.parseDouble(line.substring(8, line.length() - 1)))
        .sum();
  }

  private byte[] bytes(String name) {
    HttpResponse<byte[]> answer =
        web.send(web.request(path(name)).GET().build(), BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), name);
    assertEquals("video/mp4", answer.headers().firstValue("content-type").orElseThrow());
    return answer.body();
  }

  private Path joined(long segment, List<String> fragments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(segment + "/init.mp4"));
    fragments.forEach(name -> out.writeBytes(bytes(name)));
    return Files.write(folder.resolve("joined.mp4"), out.toByteArray());
  }

  @Test
  void aFinishedRecordingIsAllOfItsFrames() throws Exception {
    SegmentRow segment = closed(SAMPLE, "a.flv", 0, 6000);
    end();
    List<String> master = playlist("master.m3u8");
    assertTrue(master.get(2).contains("RESOLUTION=320x180"), master.get(2));
    assertTrue(master.get(2).matches(".*CODECS=\"avc1\\.\\w{6},mp4a\\.40\\.2\".*"), master.get(2));
    List<String> media = playlist(master.get(3));
    assertTrue(media.containsAll(List.of("#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-ENDLIST")));
    assertEquals(2, fragments(media).size(), "4 s and the rest: " + media);
    assertEquals(6.0, seconds(media), 0.001);
    Path file = joined(segment.id(), fragments(media));
    assertEquals(Media.packetCounts(SAMPLE), Media.packetCounts(file));
    assertEquals("", Media.decodeErrors(file));
  }

  @Test
  void filesThatGoOnAreNotBrokenAndOthersAre() throws Exception {
    Path larger = FlvSamples.twoSizes(Duration.ofSeconds(2)).get(1);
    closed(SAMPLE, "a.flv", 0, 6000);
    closed(SAMPLE, "b.flv", 6010, 12_010);
    closed(SAMPLE, "c.flv", 20_000, 26_000);
    closed(larger, "d.flv", 26_000, 28_000);
    LedgerRows.tell(
        web.ledger, rows -> rows.addGap(recording, new GapRow(12_010, 7990, "stalled")));
    end();
    List<String> media = playlist("media.m3u8");
    List<String> kinds =
        media.stream()
            .filter(line -> line.startsWith("#EXT-X-DISC") || line.startsWith("#EXT-X-MAP"))
            .map(line -> line.substring(7, 10))
            .toList();
    assertEquals(List.of("DIS", "MAP", "MAP", "DIS", "MAP", "DIS", "MAP"), kinds);
    assertEquals(20.0, seconds(media), 0.02, "without the gap");
    long date = LedgerRows.NOW.toEpochMilli() + 20_000;
    assertTrue(
        media.contains("#EXT-X-PROGRAM-DATE-TIME:" + java.time.Instant.ofEpochMilli(date)),
        media.toString());
  }

  @Test
  void aGapInsideAFileIsNotPlayed() throws Exception {
    closed(SAMPLE, "a.flv", 0, 6000);
    LedgerRows.tell(web.ledger, rows -> rows.addGap(recording, new GapRow(1400, 500, "stalled")));
    end();
    List<String> media = playlist("media.m3u8");
    assertEquals(5.5, seconds(media), 0.001);
    assertEquals(1, media.stream().filter("#EXT-X-DISCONTINUITY"::equals).count());
  }

  @Test
  void aRunningRecordingGrowsUpToWhatIsWritten() throws Exception {
    byte[] bytes = Files.readAllBytes(SAMPLE);
    List<Integer> keys = keyOffsets(bytes);
    SegmentRow segment = open("a.flv", 0);
    Path part = root.resolve(segment.part());
    Files.write(part, Arrays.copyOf(bytes, upTo(bytes, 2)));
    List<String> media = playlist("media.m3u8?live=1");
    assertFalse(media.contains("#EXT-X-ENDLIST"));
    assertEquals(2, fragments(media).size(), media.toString());
    Files.write(
        part, Arrays.copyOfRange(bytes, upTo(bytes, 2), upTo(bytes, 3)), StandardOpenOption.APPEND);
    List<String> grown = playlist("media.m3u8?live=1");
    assertEquals(fragments(media), fragments(grown).subList(0, 2));
    assertEquals(3, fragments(grown).size());
    assertEquals("", Media.decodeErrors(joined(segment.id(), fragments(grown))));
    String beyond = segment.id() + "/" + keys.get(3) + "-" + keys.get(4) + ".m4s";
    assertEquals(404, web.get(path(beyond)).statusCode(), "not written yet");
    SegmentRow closed = segment.counted(1, 1, 6000, 0).closed("a.flv", bytes.length);
    Files.write(root.resolve("a.flv"), bytes);
    Files.delete(part);
    LedgerRows.tell(web.ledger, rows -> rows.closeSegment(closed, LedgerRows.NOW, List.of()));
    end();
    List<String> whole = playlist("media.m3u8?live=1");
    assertEquals(fragments(grown), fragments(whole).subList(0, 3));
    assertTrue(whole.contains("#EXT-X-ENDLIST"));
    Path file = joined(segment.id(), fragments(whole));
    assertEquals(Media.packetCounts(SAMPLE), Media.packetCounts(file));
  }

  @Test
  void aPlayerIsAnsweredAsSoonAsTheNextFragmentIsThere() throws Exception {
    byte[] bytes = Files.readAllBytes(SAMPLE);
    SegmentRow segment = open("a.flv", 0);
    Path part = root.resolve(segment.part());
    Files.write(part, Arrays.copyOf(bytes, upTo(bytes, 2)));
    playlist("media.m3u8?live=1");
    var answer =
        web.client.sendAsync(
            web.request(path("media.m3u8?live=1&_HLS_msn=2")).GET().build(),
            BodyHandlers.ofString());
    playlist("media.m3u8?live=1&_HLS_msn=1");
    assertFalse(answer.isDone(), "it waits");
    Files.write(part, bytes);
    assertEquals(3 + 2, fragments(answer.get().body().lines().toList()).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0-100", "13-14", "14-5000", "13-99999999", "5000-13", "x-y", "-1-5", "13-13"})
  void whatIsNoFragmentIsUnknown(String range) throws Exception {
    SegmentRow segment = closed(SAMPLE, "a.flv", 0, 6000);
    HttpResponse<String> answer = web.get(path(segment.id() + "/" + range + ".m4s"));
    assertEquals(404, answer.statusCode(), answer.body());
  }

  @Test
  void whatIsGoneSaysSo() throws Exception {
    SegmentRow segment = closed(SAMPLE, "a.flv", 0, 6000);
    end();
    List<String> media = playlist("media.m3u8");
    Files.delete(root.resolve("a.flv"));
    HttpResponse<String> answer = web.get(path(fragments(media).get(0)));
    assertEquals(410, answer.statusCode());
    assertEquals("file.gone", WebFixture.tree(answer).get("key").asText());
    assertEquals(404, web.get(path((segment.id() + 1) + "/init.mp4")).statusCode());
    assertEquals(404, web.get("/api/v1/recordings/999/play/master.m3u8").statusCode());
  }

  @Test
  void nothingYetSaysSo() {
    HttpResponse<String> answer = web.get(path("master.m3u8"));
    assertEquals(404, answer.statusCode());
    assertEquals("play.nothing", WebFixture.tree(answer).get("key").asText());
  }

  /** A file that ends inside the tag behind this key frame. */
  private static int upTo(byte[] bytes, int key) {
    int at = keyOffsets(bytes).get(key);
    int length = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    return at + length + 20;
  }

  private static List<Integer> keyOffsets(byte[] bytes) {
    List<Integer> offsets = new ArrayList<>();
    int at = FlvTags.header(true, true).length;
    for (FlvTag tag : FlvTags.parse(bytes)) {
      if (tag.isMedia() && tag.isKeyFrame()) {
        offsets.add(at);
      }
      at += tag.toBytes().length;
    }
    return offsets;
  }
}
