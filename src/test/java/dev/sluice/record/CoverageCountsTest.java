package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the coverage file says of a stream that was not as it should be. */
class CoverageCountsTest {
  private static final List<FlvTag> TAGS = FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(6)));

  @TempDir private Path root;
  private AnomalyBench bench;

  @BeforeEach
  void start() {
    bench = new AnomalyBench(root);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private int count(String pointer) {
    return bench.recorder.coverage().at(pointer).asInt();
  }

  @Test
  void aGoodStreamHasNothingButItsFrames() {
    bench.record(FaultScript.of(TAGS));
    int frames = AnomalyBench.line(TAGS).size();
    assertEquals(frames, count("/video_frames") + count("/audio_frames"));
    assertEquals(frames, count("/segments/0/video_frames") + count("/segments/0/audio_frames"));
    for (String none : List.of("/gap_ms", "/damaged/places", "/damaged/bytes", "/mended_times")) {
      assertEquals(0, count(none), none);
    }
    assertEquals(320, count("/source_says/width"));
  }

  @Test
  void damageIsCountedInPlacesAndBytes() {
    byte[] garbage = new byte[3000];
    new Random(3).nextBytes(garbage);
    FaultScript script = FaultScript.of(TAGS).bytesBefore(60, garbage).bytesBefore(200, garbage);
    bench.record(script);
    bench.assertFiles(AnomalyBench.line(TAGS));
    assertEquals(2, count("/damaged/places"));
    assertEquals(6000, count("/damaged/bytes"));
  }

  @Test
  void repeatsAreCountedForTheFileAndTheBroadcast() {
    List<FlvTag> sent = new ArrayList<>(TAGS.subList(0, 250));
    sent.addAll(TAGS.subList(keyBefore(180), TAGS.size()));
    bench.record(Script.flv().tags(sent).fin());
    bench.assertFiles(AnomalyBench.line(TAGS));
    assertEquals(250 - keyBefore(180), bench.dropped());
    assertEquals(bench.dropped(), count("/segments/0/duplicates_dropped"));
  }

  private static int keyBefore(int n) {
    int at = n;
    while (!TAGS.get(at).isKeyFrame()) {
      at--;
    }
    return at;
  }

  /** No other program mends it. */
  @Test
  void oneWrongTimeIsMendedAndCounted() {
    List<FlvTag> sent = new ArrayList<>(TAGS);
    int wrong = 150;
    sent.set(wrong, sent.get(wrong).at(sent.get(wrong).timestamp() + 800_000));
    bench.record(Script.flv().tags(sent).fin());
    assertEquals(
        FlvTags.frames(TAGS).stream().filter(f -> f.timestamp() > 500).count(),
        FlvTags.frames(bench.recorder.files().get(0)).stream()
            .filter(f -> f.timestamp() > 500 - 23)
            .count());
    assertEquals(1, count("/mended_times"));
    bench.assertNoGap();
  }

  @Test
  void timeThatIsMissingIsSummedUp() {
    List<FlvTag> sent =
        TAGS.stream()
            .map(tag -> tag.timestamp() < 3500 ? tag : tag.at(tag.timestamp() + 1800))
            .toList();
    bench.record(Script.flv().tags(sent).fin());
    assertEquals(1800, count("/gap_ms"), 45);
    assertEquals(count("/gap_ms"), count("/segments/0/gap_ms"));
    assertTrue(count("/segments/0/end_ms") > 7500);
  }
}
