package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.TestProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Picture} and {@link Sound} on what encoders write. */
class CodecWordsTest {
  @TempDir private Path folder;

  private static byte[] avcc(Path file) {
    return FlvTags.read(file).stream().filter(FlvTag::isVideoConfig).findFirst().get().payload();
  }

  private static Optional<Picture> picture(byte[] payload) {
    dev.sluice.media.flv.FlvTag tag =
        new dev.sluice.media.flv.FlvTag(9, 0, List.of(ByteBuffer.wrap(payload)));
    return tag.isConfig() ? Picture.of(CodecConfig.of(tag)) : Optional.empty();
  }

  @ParameterizedTest
  @CsvSource({"320, 180, 25", "426, 240, 30", "1920, 1080, 60", "16, 16, 1", "854, 480, 50"})
  void sizeAndRateAreRead(int width, int height, int fps) {
    Path file =
        FlvSamples.recipe().length(Duration.ofSeconds(1)).size(width, height).fps(fps).make();
    assertEquals(Optional.of(new Picture(width, height, fps)), picture(avcc(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "yuv420p, high, 638x358", "yuv422p, high422, 638x358", "yuv444p, high444, 636x356",
    "gray, high, 638x358", "yuv420p10le, high10, 638x358", "yuv420p, baseline, 638x358"
  })
  void profilesAreRead(String format, String profile, String size) {
    assertEquals(size, encoded(size, format, "-profile:v", profile));
  }

  @Test
  void interlacedPicturesAreRead() {
    assertEquals("1920x1080", encoded("1920x1080", "yuv420p", "-flags", "+ildct+ilme"));
  }

  @Test
  void scalingListsAreSkipped() {
    assertEquals("426x240", encoded("426x240", "yuv420p", "-x264-params", "cqm=jvt:8x8dct=1"));
  }

  private String encoded(String size, String format, String... options) {
    Path file = folder.resolve("made.flv");
    java.util.ArrayList<String> words =
        new java.util.ArrayList<>(
            List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi"));
    words.addAll(List.of("-i", "color=c=red:size=" + size + ":rate=25", "-frames:v", "2"));
    words.addAll(List.of("-c:v", "libx264", "-pix_fmt", format, "-threads", "1"));
    words.addAll(List.of(options));
    words.add(file.toString());
    TestProcess.run(Duration.ofSeconds(30), words);
    Picture picture = picture(avcc(file)).orElseThrow();
    return picture.width() + "x" + picture.height();
  }

  @Test
  void garbageIsUnknownOrPlausible() {
    byte[] real = avcc(FlvSamples.avcAac(Duration.ofSeconds(1)));
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = Arrays.copyOf(real, random.nextInt(real.length + 4));
      for (int k = random.nextInt(8); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      picture(bytes)
          .ifPresent(
              p ->
                  assertTrue(
                      p.width() > 0
                          && p.width() <= 16_384
                          && p.height() > 0
                          && p.height() <= 16_384
                          && p.framesPerSecond() >= 0
                          && p.framesPerSecond() <= 1000,
                      p + " of " + HexFormat.of().formatHex(bytes)));
      AacSound.of(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1210, 44100, 2",
    "1190, 48000, 2",
    "1208, 44100, 1",
    "1388, 22050, 1",
    "2b920800, 22050, 2",
    "17805DC010, 48000, 2",
    "F8E6C0, 48000, 6"
  })
  void soundIsRead(String hex, int rate, int channels) {
    assertEquals(Optional.of(new Sound(rate, channels)), AacSound.of(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @CsvSource({"''", "12", "1690", "1700"})
  void soundThatCannotBeReadIsUnknown(String hex) {
    assertEquals(Optional.empty(), AacSound.of(HexFormat.of().parseHex(hex)));
  }
}
