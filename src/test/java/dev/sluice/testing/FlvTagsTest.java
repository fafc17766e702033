package dev.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlvTagsTest {
  private static final FlvTag KEY = video("17 01 000000 AA", 5);
  private static final FlvTag INTER = video("27 01 000000 BB", 45);
  private static final FlvTag SOUND = new FlvTag(FlvTag.AUDIO, 7, hex("AF 01 CC"));

  @Test
  void writesBackWhatItRead() throws IOException {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(2));
    byte[] bytes = Files.readAllBytes(sample);
    assertArrayEquals(bytes, FlvTags.toBytes(FlvTags.read(sample)));
  }

  @Test
  void timesReach32Bits() {
    FlvTag late = KEY.at(0xFEDC_BA98L);
    List<FlvTag> read = FlvTags.parse(FlvTags.toBytes(List.of(late, KEY.at(1L << 32))));
    assertEquals(List.of(late, KEY.at(0)), read);
  }

  @Test
  void everyCutInsideATagIsRefused() {
    byte[] bytes = FlvTags.toBytes(List.of(KEY, SOUND));
    int second = 13 + KEY.toBytes().length;
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      if (length == 13 || length == second) {
        assertEquals(length == 13 ? 0 : 1, FlvTags.parse(cut).size());
      } else {
        assertThrows(IllegalArgumentException.class, () -> FlvTags.parse(cut), "cut " + length);
      }
    }
    assertEquals(List.of(KEY), FlvTags.parseCut(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  @Test
  void wrongSizesAndTypesAreRefused() {
    byte[] bytes = FlvTags.toBytes(List.of(KEY, SOUND));
    for (int at : new int[] {0, 3, 4, 12, 13, 14 + 2, 13 + 10, 13 + KEY.toBytes().length - 1}) {
      byte[] bad = bytes.clone();
      bad[at] += 16;
      assertThrows(IllegalArgumentException.class, () -> FlvTags.parse(bad), "byte " + at);
    }
  }

  @Test
  void tellsMediaFromConfiguration() {
    assertKind(KEY, "media key");
    assertKind(INTER, "media");
    assertKind(SOUND, "media");
    assertKind(video("17 00 000000 01", 0), "videoConfig");
    assertKind(video("17 02 000000", 0), "");
    assertKind(video("57 00", 0), "");
    assertKind(video("1C 01 000000 01", 0), "media key");
    assertKind(video("90 68766331 01", 0), "videoConfig");
    assertKind(video("91 68766331 000000 01", 0), "media key");
    assertKind(video("A3 61763031 01", 0), "media");
    assertKind(video("92 68766331", 0), "");
    assertKind(video("94 68766331 02", 0), "");
    assertKind(video("97 02 000001 01 68766331 01", 0), "media key");
    assertKind(video("96 00 68766331 00", 0), "videoConfig");
    assertKind(new FlvTag(FlvTag.AUDIO, 0, hex("AF 00 1210")), "audioConfig");
    assertKind(new FlvTag(FlvTag.AUDIO, 0, hex("90 4F707573")), "audioConfig");
    assertKind(new FlvTag(FlvTag.AUDIO, 0, hex("91 4F707573 01")), "media");
    assertKind(new FlvTag(FlvTag.AUDIO, 0, hex("2F 01")), "media");
    assertKind(new FlvTag(FlvTag.SCRIPT, 0, hex("02")), "");
    assertKind(video("", 0), "");
  }

  @Test
  void startsAtTheFirstKeyFrame() {
    List<Frame> frames = FlvTags.frames(List.of(INTER, SOUND, KEY, SOUND, INTER));
    assertEquals(frames.subList(2, 5), FlvTags.fromFirstKeyFrame(frames));
    List<Frame> sound = FlvTags.frames(List.of(SOUND));
    assertEquals(sound, FlvTags.fromFirstKeyFrame(sound));
    assertEquals(List.of(), FlvTags.fromFirstKeyFrame(FlvTags.frames(List.of(INTER))));
  }

  @Test
  void rebasesAcrossTheWrapOfTheClock() {
    List<FlvTag> tags = List.of(KEY.at(-40), SOUND.at(-60), INTER.at(20));
    List<Long> times =
        FlvTags.rebased(FlvTags.frames(tags)).stream().map(Frame::timestamp).toList();
    assertEquals(List.of(20L, 0L, 80L), times);
  }

  @Test
  void namesTheFirstDifference() {
    List<Frame> all = FlvTags.frames(List.of(KEY, SOUND, INTER));
    FlvTags.assertSameFrames(all, List.copyOf(all));
    List<Frame> two = all.subList(0, 2);
    Stream.of(two, FlvTags.frames(List.of(KEY, INTER, INTER)))
        .forEach(
            other ->
                assertThrows(AssertionError.class, () -> FlvTags.assertSameFrames(all, other)));
    AssertionError error =
        assertThrows(AssertionError.class, () -> FlvTags.assertSameFrames(two, all));
    assertTrue(error.getMessage().contains("at 2") && error.getMessage().contains("too many"));
  }

  private static void assertKind(FlvTag tag, String kind) {
    assertEquals(kind.contains("media"), tag.isMedia(), tag.toString());
    assertEquals(kind.contains("key"), tag.isKeyFrame(), tag.toString());
    assertEquals(kind.equals("videoConfig"), tag.isVideoConfig(), tag.toString());
    assertEquals(kind.equals("audioConfig"), tag.isAudioConfig(), tag.toString());
    assertFalse(tag.isMedia() && (tag.isVideoConfig() || tag.isAudioConfig()));
  }

  private static FlvTag video(String payload, long timestamp) {
    return new FlvTag(FlvTag.VIDEO, timestamp, hex(payload));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
