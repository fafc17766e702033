package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvSamplesTest {
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void isWhatFfprobeSeesToo() {
    Path sample = FlvSamples.avcAac(TWO_SECONDS, 25, Duration.ofSeconds(1), 300);
    List<FlvTag> tags = FlvTags.read(sample);

    long video = tags.stream().filter(tag -> tag.isMedia() && tag.isVideo()).count();
    long audio = tags.stream().filter(tag -> tag.isMedia() && tag.isAudio()).count();
    assertEquals(50, video);
    assertEquals(Map.of("video", video, "audio", audio), Media.packetCounts(sample));
    assertEquals(2, tags.stream().filter(FlvTag::isKeyFrame).count());
    assertEquals(1, tags.stream().filter(FlvTag::isVideoConfig).count());
    assertEquals(1, tags.stream().filter(FlvTag::isAudioConfig).count());
    assertTrue(Media.decodesSilently(sample), Media.decodeErrors(sample));
    assertEquals(2, Media.durationSeconds(sample), 0.1);
  }

  @Test
  void movingSamplesHaveNoTwoEqualFrames() {
    List<Frame> frames = FlvTags.frames(FlvSamples.avcAac(Duration.ofSeconds(10)));
    assertEquals(frames.size(), distinct(frames).size());
  }

  @Test
  void stillSamplesHaveManyEqualFrames() {
    List<Frame> frames = FlvTags.frames(FlvSamples.stillAndSilent(Duration.ofSeconds(4)));
    assertTrue(distinct(frames).size() < frames.size() / 2, distinct(frames).size() + " distinct");
  }

  @Test
  void oneTrackOnly() {
    assertEquals(Set.of("audio"), Media.packetCounts(FlvSamples.audioOnly(TWO_SECONDS)).keySet());
    assertEquals(Set.of("video"), Media.packetCounts(FlvSamples.videoOnly(TWO_SECONDS)).keySet());
  }

  @Test
  void bFramesGiveCompositionTimes() {
    Path with = FlvSamples.recipe().length(TWO_SECONDS).bframes(2).make();
    assertTrue(FlvTags.read(with).stream().anyMatch(FlvSamplesTest::hasCompositionTime));
    Path without = FlvSamples.avcAac(TWO_SECONDS);
    assertFalse(FlvTags.read(without).stream().anyMatch(FlvSamplesTest::hasCompositionTime));
  }

  @Test
  void twoSizesDifferInTheirConfiguration() {
    List<Path> pair = FlvSamples.twoSizes(TWO_SECONDS);
    assertNotEquals(videoConfig(pair.get(0)), videoConfig(pair.get(1)));
  }

  @Test
  void theSameRecipeGivesTheSameBytes() throws IOException {
    FlvSamples.Recipe recipe = FlvSamples.recipe().length(TWO_SECONDS);
    recipe.makeAs(folder.resolve("again.flv"));
    assertArrayEquals(
        Files.readAllBytes(recipe.make()), Files.readAllBytes(folder.resolve("again.flv")));
  }

  @Test
  void aBrokenFileDoesNotDecodeSilently() throws IOException {
    byte[] bytes = Files.readAllBytes(FlvSamples.avcAac(TWO_SECONDS));
    for (int i = 9000; i < bytes.length; i += 50) {
      bytes[i] ^= 0x55;
    }
    Path broken = Files.write(folder.resolve("broken.flv"), bytes);
    assertFalse(Media.decodesSilently(broken));
  }

  private static Set<String> distinct(List<Frame> frames) {
    return frames.stream().map(Frame::payloadHash).collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean hasCompositionTime(FlvTag tag) {
    byte[] payload = tag.payload();
    return tag.isVideo() && tag.isMedia() && (payload[2] | payload[3] | payload[4]) != 0;
  }

  private static String videoConfig(Path file) {
    return FlvTags.read(file).stream()
        .filter(FlvTag::isVideoConfig)
        .map(FlvTag::sha1)
        .findFirst()
        .orElseThrow();
  }
}
