package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Media;
import dev.sluice.testing.TestProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front of our files, judged by ffmpeg. */
class FlvHeadTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(20));

  @TempDir private Path folder;

  /** Writes the sample with a front of ours; {@code spoil} is added to every position. */
  private Path write(int capacity, int spoil) throws IOException {
    List<FlvTag> tags = FlvTags.read(SAMPLE);
    CodecConfig video = config(tags.stream().filter(FlvTag::isVideoConfig).findFirst().get());
    CodecConfig audio = config(tags.stream().filter(FlvTag::isAudioConfig).findFirst().get());
    KeyFrameIndex index = new KeyFrameIndex(capacity);
    FlvHead head = new FlvHead(video, audio, index);
    ByteBuffer file = ByteBuffer.allocate((int) Files.size(SAMPLE) + head.size() + 1000);
    file.put(head.bytes());
    FlvMeasure measure = new FlvMeasure(video);
    for (FlvTag tag : tags) {
      if (tag.isMedia()) {
        if (tag.isKeyFrame()) {
          index.add(tag.timestamp(), file.position() + spoil);
        }
        measure.add(ours(tag), tag.timestamp(), file.position());
        file.put(tag.toBytes());
      }
    }
    file.put(head.measuredAt(), bytes(measure.encode(file.position())));
    file.put(head.indexAt(), bytes(FlvHead.index(index)));
    byte[] whole = new byte[file.position()];
    file.flip().get(whole);
    return Files.write(folder.resolve("file-" + capacity + "-" + spoil + ".flv"), whole);
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  private static CodecConfig config(FlvTag tag) {
    return CodecConfig.of(ours(tag));
  }

  private static dev.sluice.media.flv.FlvTag ours(FlvTag tag) {
    return new dev.sluice.media.flv.FlvTag(
        tag.type(), tag.timestamp(), List.of(ByteBuffer.wrap(tag.payload())));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 20, 5000})
  void aFileOfOursIsWholeAndPlays(int capacity) throws IOException {
    Path file = write(capacity, 0);
    FlvTags.assertSameFrames(FlvTags.frames(SAMPLE), FlvTags.frames(file));
    assertEquals("", Media.decodeErrors(file));
    assertEquals(Media.packetCounts(SAMPLE), Media.packetCounts(file));
    assertEquals(20, Media.durationSeconds(file), 0.2);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 5000})
  void seekingShowsTheRightPicture(int capacity) throws IOException {
    Path file = write(capacity, 0);
    for (String at : List.of("0.5", "7.3", "15.02", "19.4")) {
      assertEquals(picture(SAMPLE, at), picture(file, at), "at " + at);
    }
  }

  @Test
  void everyPositionIsThatOfAKeyFramesTag() throws IOException {
    Path file = write(5000, 0);
    assertTrue(!seekMessages(file).contains("parsing failed"), "ffmpeg must take the index");
    long place = packetAfterSeek(file);
    long at = 13;
    boolean found = false;
    for (FlvTag tag : FlvTags.read(file)) {
      found |= tag.isKeyFrame() && at == place;
      at += tag.toBytes().length;
    }
    assertTrue(found, "no key frame's tag stands at " + place);
  }

  private static String picture(Path file, String at) {
    List<String> seek = List.of("ffmpeg", "-nostdin", "-v", "error", "-ss", at, "-i", "" + file);
    List<String> out = List.of("-frames:v", "1", "-an", "-f", "framemd5", "-");
    String text = run(seek, out);
    return text.substring(text.lastIndexOf(',') + 1).strip();
  }

  private static long packetAfterSeek(Path file) {
    List<String> probe = List.of("ffprobe", "-v", "error", "-read_intervals", "12.5%+#1");
    List<String> show =
        List.of("-select_streams", "v", "-show_entries", "packet=pos", "-of", "csv=p=0", "" + file);
    String answer = run(probe, show).strip();
    return answer.isEmpty() ? -1 : Long.parseLong(answer.split("[^0-9]")[0]);
  }

  private static String seekMessages(Path file) {
    List<String> words =
        List.of("ffmpeg", "-nostdin", "-v", "verbose", "-ss", "12.5", "-i", "" + file, "-frames:v");
    List<String> rest = List.of("1", "-f", "null", "-");
    try (TestProcess ffmpeg = TestProcess.start(join(words, rest))) {
      assertTrue(ffmpeg.endsWithin(LIMIT));
      return ffmpeg.errors();
    }
  }

  private static String run(List<String> words, List<String> more) {
    return TestProcess.run(LIMIT, join(words, more)).output();
  }

  private static List<String> join(List<String> words, List<String> more) {
    return java.util.stream.Stream.concat(words.stream(), more.stream()).toList();
  }

  @Test
  void theIndexStandsInTheOrderThatFfmpegWants() throws IOException {
    String text = Files.readString(write(20, 0), StandardCharsets.ISO_8859_1);
    int keyframes = text.indexOf("keyframes\3");
    int times = text.indexOf("times\12", keyframes);
    int positions = text.indexOf("filepositions\12", times);
    int spacer = text.indexOf("spacer\12", positions);
    assertTrue(keyframes > 0 && times > keyframes && positions > times && spacer > positions);
  }

  @Test
  void largeTimesFillAllFourBytes() {
    ByteBuffer to = ByteBuffer.allocate(11);
    FlvHead.putTagHeader(to, 9, 0x123456, 0x89ABCDEFL);
    byte[] expected = new FlvTag(9, 0x89ABCDEFL, new byte[0x123456]).toBytes();
    assertEquals(ByteBuffer.wrap(expected, 0, 11), to.flip());
  }
}
