package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testing.Await;
import dev.sluice.testing.FfmpegLive;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Media;
import dev.sluice.testing.NginxRtmp;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.SluiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@code sluice record}: cuts, and streams that real servers send. */
class RecordSplitTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String PATH = "/live.flv";

  @TempDir private Path dir;

  private Recorded record(String link, String... more) {
    Path out = dir.resolve("out");
    List<String> words = new ArrayList<>(List.of("record", "--out", out.toString(), link));
    words.addAll(List.of("--grace", "1s", "--stall-timeout", "2s"));
    words.addAll(List.of(more));
    try (SluiceProcess run = SluiceProcess.start(words)) {
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    Recorded recorded = new Recorded(out);
    recorded.assertPlayable();
    return recorded;
  }

  @Test
  void splitsByTimeAtKeyFramesWithoutLoss() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 200);
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
      Recorded recorded = record(source.uri(PATH).toString(), "--split-every", "5500ms");
      recorded.assertHolds(FlvTags.frames(sample));
      assertEquals(4, recorded.media().size());
      for (Path file : recorded.media()) {
        assertTrue(FlvTags.frames(file).get(0).key(), file + " begins with a key frame");
        assertEquals(0, FlvTags.frames(file).get(0).timestamp());
      }
      JsonNode segments = recorded.coverage().get("segments");
      for (int i = 1; i < segments.size(); i++) {
        assertEquals(6000 * i, segments.get(i).get("start_ms").asLong());
      }
      assertEquals(0, recorded.coverage().get("gaps").size());
    }
  }

  @Test
  void splitsBySizeAtTheFirstKeyFrameAtOrAfterTheLimit() throws IOException {
    long limit = 256 * 1024;
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 400);
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
      Recorded recorded = record(source.uri(PATH).toString(), "--split-size", "256KiB");
      recorded.assertHolds(FlvTags.frames(sample));
      List<Path> files = recorded.media();
      assertTrue(files.size() > 2, files.toString());
      for (Path file : files.subList(0, files.size() - 1)) {
        long size = Files.size(file);
        assertTrue(size >= limit, "not before the limit: " + size);
        assertTrue(size - lastGop(file) < limit, "not a key frame later: " + size);
      }
    }
  }

  private static long lastGop(Path file) {
    List<FlvTag> tags = FlvTags.read(file);
    int from = tags.size() - 1;
    while (!tags.get(from).isKeyFrame()) {
      from--;
    }
    return tags.subList(from, tags.size()).stream().mapToLong(t -> t.payload().length + 15).sum();
  }

  @Test
  void recordsWhatNginxServes() throws IOException {
    Path sample =
        FlvSamples.recipe()
            .length(Duration.ofSeconds(4))
            .bframes(2)
            .gop(Duration.ofSeconds(1))
            .make();
    try (NginxRtmp nginx = NginxRtmp.start(dir.resolve("nginx"), 100_000)) {
      Files.copy(sample, nginx.root().resolve("a.flv"));
      Recorded recorded = record(nginx.fileUri("a.flv").toString());
      recorded.assertHolds(FlvTags.frames(sample));
      assertEquals(Media.packetCounts(sample), Media.packetCounts(recorded.media().get(0)));
    }
  }

  @Test
  void recordsWhatFfmpegServes() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(4));
    Path out = dir.resolve("out");
    Recorded recorded = new Recorded(out);
    List<Frame> looped = new ArrayList<>();
    try (FfmpegLive live = FfmpegLive.start(sample);
        SluiceProcess run =
            SluiceProcess.start(
                "record", live.uri().toString(), "--out", out.toString(), "--grace", "1s")) {
      Await.until(LIMIT, run::toString, () -> recorded.framesInParts().size() > 300);
      live.kill();
      assertEquals(0, run.exitCode(LIMIT), run.toString());
    }
    recorded.assertPlayable();
    // What ffmpeg sent is the sample again and again: its pictures, each once, in order.
    List<Frame> pictures = pictures(FlvTags.frames(sample));
    List<Frame> found = pictures(recorded.frames());
    for (int i = 0; i < found.size(); i++) {
      looped.add(pictures.get(i % pictures.size()));
    }
    assertEquals(hashes(looped), hashes(found));
    JsonNode segment = recorded.coverage().at("/segments/0");
    assertEquals(
        Media.packetCounts(recorded.media().get(0)),
        java.util.Map.of(
            "video", segment.get("video_frames").asLong(),
            "audio", segment.get("audio_frames").asLong()));
  }

  private static List<Frame> pictures(List<Frame> frames) {
    return frames.stream().filter(frame -> frame.track() == Frame.Track.VIDEO).toList();
  }

  private static List<String> hashes(List<Frame> frames) {
    return frames.stream().map(Frame::payloadHash).toList();
  }
}
