package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Media;
import dev.sluice.testing.Mp4Files;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that were written as MP4, as a player fetches them. */
class PlayMp4Test {
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(6));

  @TempDir Path folder;
  private Path mp4;
  private byte[] bytes;
  private WebFixture web;
  private long recording;

  @BeforeEach
  void start() throws Exception {
    bytes = Mp4Files.of(SAMPLE);
    mp4 = Files.write(folder.resolve("sample.mp4"), bytes);
    web = WebFixture.start();
    recording = LedgerRows.recording(web.ledger);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String path(String rest) {
    return "/api/v1/recordings/" + recording + "/play/" + rest;
  }

  private List<String> fragments(String playlist) {
    HttpResponse<String> answer = web.get(path(playlist));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body().lines().filter(line -> line.endsWith(".m4s")).toList();
  }

  private void end() {
    LedgerRows.tell(
        web.ledger,
        rows -> rows.endRecording(recording, LedgerRows.NOW, Optional.empty(), List.of()));
  }

  private byte[] fetch(String address) {
    HttpResponse<byte[]> answer =
        web.send(web.request(address).GET().build(), BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), address);
    return answer.body();
  }

  private Path joined(long segment, List<String> fragments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(fetch(path(segment + "/init.mp4")));
    fragments.forEach(name -> out.writeBytes(fetch(path(name))));
    return Files.write(folder.resolve("joined.mp4"), out.toByteArray());
  }

  @Test
  void aFinishedOneIsAllOfItsFrames() throws Exception {
    SegmentRow segment =
        LedgerRows.closed(web.ledger, recording, mp4, folder.resolve("a.mp4"), 0, 6000);
    end();
    List<String> fragments = fragments("media.m3u8");
    assertEquals(2, fragments.size(), "4 s and the rest: " + fragments);
    Path file = joined(segment.id(), fragments);
    assertEquals(Media.packetCounts(SAMPLE), Media.packetCounts(file));
    assertEquals("", Media.decodeErrors(file));
    HttpResponse<String> master = web.get(path("master.m3u8"));
    assertTrue(master.body().contains("RESOLUTION=320x180"), master.body());
    Path whole = folder.resolve("whole.mp4");
    Files.write(whole, fetch("/api/v1/recordings/" + recording + "/joined.mp4"));
    assertEquals(Media.packetCounts(SAMPLE), Media.packetCounts(whole));
  }

  @Test
  void aRunningOneGrowsUpToWhatIsWritten() throws Exception {
    SegmentRow segment = LedgerRows.open(web.ledger, recording, folder, "a.mp4", 0);
    Files.write(segment.partPath(), new byte[0]);
    assertEquals(List.of(), fragments("media.m3u8?live=1"));
    Files.write(segment.partPath(), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    List<String> half = fragments("media.m3u8?live=1");
    assertTrue(half.size() >= 2, half.toString());
    assertEquals("", Media.decodeErrors(joined(segment.id(), half)));
    Files.write(segment.partPath(), bytes);
    List<String> more = fragments("media.m3u8?live=1");
    assertEquals(half, more.subList(0, half.size()));
    assertTrue(more.size() > half.size(), more.toString());
    assertEquals("", Media.decodeErrors(joined(segment.id(), more)));
  }

  @Test
  void nothingButWholePiecesIsGivenOut() throws Exception {
    SegmentRow segment =
        LedgerRows.closed(web.ledger, recording, mp4, folder.resolve("a.mp4"), 0, 6000);
    end();
    String[] range = fragments("media.m3u8").get(0).split("[/\\-.]");
    long from = Long.parseLong(range[1]);
    long to = Long.parseLong(range[2]);
    for (long[] wrong :
        new long[][] {{from + 1, to}, {from, to + 1}, {0, to}, {to, from}, {from, 1L << 40}}) {
      String address = path(segment.id() + "/" + wrong[0] + "-" + wrong[1] + ".m4s");
      assertFalse(web.get(address).statusCode() == 200, address);
    }
  }

  /** A second between two pictures holds pieces of sound alone. */
  @Test
  void playersBeginAtKeyFramesOnlyWherePicturesComeSlowly() throws Exception {
    Path slow =
        FlvSamples.recipe()
            .length(Duration.ofSeconds(20))
            .fps(1)
            .gop(Duration.ofSeconds(5))
            .kbit(100)
            .make();
    Path file = Files.write(folder.resolve("slow.mp4"), Mp4Files.of(slow));
    try (FileChannel channel = FileChannel.open(file)) {
      long[] times = new Mp4PlayFile().read(channel, true).times();
      List<Long> keys =
          FlvTags.frames(slow).stream().filter(Frame::key).map(Frame::timestamp).toList();
      // The first frame of all is sound.
      assertEquals(keys, Arrays.stream(times).skip(1).boxed().toList());
    }
    assertEquals("", Media.decodeErrors(file));
  }
}
