package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvIndex;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.RangeServer;
import dev.sluice.testing.Script;
import dev.sluice.testing.TestProcess;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Players find any moment of a recording by its index, without reading all before it. */
class SeekTest extends RecorderCase {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LENGTH = Duration.ofMinutes(5);
  private static final Duration GOP = Duration.ofSeconds(2);

  /** Of the whole file; the picture at 290 s stands behind nearly all of it. */
  private static final double MOST_SERVED = 0.05;

  private Path file;

  @BeforeEach
  void record() {
    Path sample = FlvSamples.avcAac(LENGTH, 25, GOP, 800);
    source.on(PATH, Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
    recorder.awaitEnd(recorder.start(source.uri(PATH)));
    file = recorder.files().get(0);
  }

  @Test
  void theIndexNamesEveryKeyFrameByItsTimeAndPlace() throws Exception {
    FlvIndex index = FlvIndex.read(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    for (int i = 0; i < index.positions().size(); i++) {
      int at = index.positions().get(i).intValue();
      int time = bytes.getInt(at + 4) >>> 8 | (bytes.get(at + 7) & 0xFF) << 24;
      assertEquals(9, bytes.get(at), "a picture");
      assertEquals(0x17, bytes.get(at + 11), "a key frame");
      assertEquals(Math.round(index.seconds().get(i) * 1000), time);
    }
    assertEquals(
        FlvTags.frames(file).stream().filter(f -> f.key()).count(), index.seconds().size());
  }

  @Test
  void ffmpegFindsAnyPictureByItAndReadsLittle() throws Exception {
    Map<Long, String> all = pictures("-i", file.toString());
    for (int seconds : new int[] {97, 201, 290}) {
      long wanted = all.keySet().stream().filter(ms -> ms >= seconds * 1000).findFirst().get();
      try (RangeServer server = new RangeServer(file)) {
        Map<Long, String> found =
            pictures("-copyts", "-ss", "" + seconds, "-i", "" + server.uri(), "-frames:v", "1");
        assertEquals(Map.of(wanted, all.get(wanted)), found);
        long served = server.served();
        assertTrue(served < Files.size(file) * MOST_SERVED, served + " of " + Files.size(file));
      }
    }
  }

  /** What ffmpeg decodes: the hash of each picture by its time, milliseconds. */
  private static Map<Long, String> pictures(String... input) {
    List<String> words = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
    words.addAll(List.of(input));
    words.addAll(List.of("-an", "-enc_time_base", "1:1000", "-f", "framemd5", "-"));
    Map<Long, String> pictures = new TreeMap<>();
    for (String line : TestProcess.run(LIMIT, words).output().split("\\R")) {
      if (!line.startsWith("#")) {
        String[] fields = line.split(",\\s*");
        pictures.put(Long.valueOf(fields[2].strip()), fields[5]);
      }
    }
    return pictures;
  }
}
