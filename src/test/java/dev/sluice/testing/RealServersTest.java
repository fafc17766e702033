package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers as sources; they are started, used and gone. */
class RealServersTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final Path sample = FlvSamples.avcAac(Duration.ofSeconds(2));

  @Test
  void ffmpegServesALiveStream() throws IOException {
    try (FfmpegLive live = FfmpegLive.start(sample)) {
      byte[] bytes;
      try (InputStream in = live.uri().toURL().openStream()) {
        bytes = in.readNBytes(60_000);
      }
      List<Frame> frames = FlvTags.frames(FlvTags.parseCut(bytes));
      List<Frame> source = FlvTags.frames(sample);
      FlvTags.assertSameFrames(source.subList(0, 20), frames.subList(0, 20));
      Await.until(LIMIT, "ffmpeg ends with its only client", () -> !live.isAlive());
    }
  }

  @Test
  void nginxServesFilesAtALimitedRate() throws IOException {
    try (NginxRtmp nginx = NginxRtmp.start(folder, 40_000)) {
      Files.copy(sample, nginx.root().resolve("a.flv"));
      long start = System.nanoTime();
      byte[] bytes = download(nginx.fileUri("a.flv"));
      double seconds = (System.nanoTime() - start) / 1e9;
      assertEquals(FlvTags.read(sample), FlvTags.parse(bytes));
      assertTrue(bytes.length > 60_000 && seconds > 0.7, seconds + " s for " + bytes.length);
    }
  }

  @Test
  void nginxTakesAPublisherAndMakesHls() throws IOException {
    try (NginxRtmp nginx = NginxRtmp.start(folder, 0);
        TestProcess publisher = nginx.publish(sample, "room")) {
      URI playlist = nginx.hlsUri("room");
      Await.until(LIMIT, publisher::errors, () -> text(playlist).contains(".ts"));
      assertTrue(text(playlist).startsWith("#EXTM3U"));

      Path played = folder.resolve("played.flv");
      TestProcess.run(
          LIMIT,
          List.of(
              "ffmpeg",
              "-v",
              "error",
              "-nostdin",
              "-i",
              nginx.rtmpUri("room").toString(),
              "-t",
              "2",
              "-c",
              "copy",
              played.toString()));
      assertEquals(Set.of("audio", "video"), Media.packetCounts(played).keySet());
    }
  }

  @Test
  void closingEndsTheChildren() throws IOException {
    NginxRtmp nginx = NginxRtmp.start(folder, 0);
    TestProcess publisher = nginx.publish(sample, "room");
    assertTrue(ProcessHandle.of(publisher.pid()).orElseThrow().isAlive());
    publisher.close();
    nginx.close();
    assertFalse(publisher.isAlive());
    assertFalse(TcpTable.isListening(nginx.rtmpUri("room").getPort()));
  }

  private static byte[] download(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      assertEquals("video/x-flv", connection.getContentType());
      return in.readAllBytes();
    }
  }

  private static String text(URI uri) {
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes());
    } catch (IOException e) {
      return "";
    }
  }
}
