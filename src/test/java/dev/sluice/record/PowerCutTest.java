package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.LoopDisk;
import dev.sluice.testing.Script;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.TestProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plug is pulled while a stream is recorded to a real file system. */
@Tag("privileged")
class PowerCutTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int CUTS = Boolean.getBoolean("sluice.full") ? 50 : 1;
  private static final String OURS = "/ours.flv";
  private static final String THEIRS = "/theirs.flv";

  /** A second between two forces, what they take, and the way from the source. */
  private static final long MOST_LOST_MS = 2000;

  private static final Path SAMPLE =
      FlvSamples.avcAac(Duration.ofSeconds(20), 25, Duration.ofSeconds(1), 1000);

  @TempDir private Path dir;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void atMostTheLastSecondsAreLostAndTheRestIsWhole() throws Exception {
    List<FlvTag> tags = FlvTags.read(SAMPLE);
    for (int i = 0; i < CUTS; i++) {
      Random random = new Random(Seeds.of("PowerCutTest") + i);
      Path folder = Files.createDirectory(dir.resolve("cut-" + i));
      try (LiveSource source = LiveSource.start();
          LoopDisk disk = LoopDisk.make(folder)) {
        source.on(OURS, Script.flv().paced(tags, 1).stall());
        source.on(THEIRS, Script.flv().paced(tags, 1).stall());
        cutWhileRecording(source, disk, 5000 + random.nextInt(3000));
        long sent = newest(source.framesSent(OURS));
        disk.restart();
        long ours = newest(recorded(disk.folder().resolve("ours")));
        assertTrue(sent - ours <= MOST_LOST_MS, sent - ours + " ms are lost");
        // The control: whoever does not force what it writes loses more, or the cut is none.
        long control = newest(recorded(disk.folder().resolve("theirs")));
        assertTrue(sent - control > MOST_LOST_MS, "without forcing " + control + " ms are there");
      }
    }
  }

  private void cutWhileRecording(LiveSource source, LoopDisk disk, long afterMs)
      throws IOException {
    Files.createDirectories(disk.folder().resolve("theirs"));
    Path control = disk.folder().resolve("theirs/control.flv");
    URI link = source.uri(OURS);
    try (SluiceProcess sluice =
            SluiceProcess.start(
                "record", link.toString(), "--out", disk.folder().resolve("ours").toString());
        TestProcess curl =
            TestProcess.start(
                List.of("curl", "-sS", "-o", control.toString(), "" + source.uri(THEIRS)))) {
      Await.until(
          LIMIT,
          "so much was sent",
          () ->
              newest(source.framesSent(OURS)) > afterMs
                  && newest(source.framesSent(THEIRS)) > afterMs);
      disk.cutPower();
      sluice.kill();
      curl.kill();
      sluice.exitCode(LIMIT);
      curl.endsWithin(LIMIT);
    }
  }

  private static long newest(List<Frame> frames) {
    return frames.stream().mapToLong(Frame::timestamp).max().orElse(0);
  }

  /** What can be read in the only recording below a folder; each frame is one of the sample's. */
  private List<Frame> recorded(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).filter(f -> f.toString().contains(".flv")).toList();
    }
    if (files.isEmpty() || Files.size(files.get(0)) == 0) {
      return List.of();
    }
    assertEquals(1, files.size(), files.toString());
    byte[] bytes = Files.readAllBytes(files.get(0));
    List<Frame> frames = FlvTags.frames(FlvTags.parseCut(whole(bytes)));
    List<String> known = FlvTags.frames(SAMPLE).stream().map(Frame::payloadHash).toList();
    frames.forEach(frame -> assertTrue(known.contains(frame.payloadHash()), frame + " is garbage"));
    return frames;
  }

  /** Up to where tag follows tag: what a part is cut to at the next start. */
  private static byte[] whole(byte[] bytes) {
    int at = 13;
    while (at + 15 <= bytes.length) {
      int size = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
      int type = bytes[at];
      boolean tag = type == 8 || type == 9 || type == 18;
      if (!tag || at + 15 + size > bytes.length) {
        break;
      }
      at += 15 + size;
    }
    return java.util.Arrays.copyOf(bytes, Math.min(at, bytes.length));
  }
}
