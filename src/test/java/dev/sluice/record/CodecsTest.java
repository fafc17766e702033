package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.file.PlainMp4;
import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.mp4.Mp4Fragments;
import dev.sluice.media.mp4.Mp4Tracks;
import dev.sluice.room.Container;
import dev.sluice.testing.EnhancedFlv;
import dev.sluice.testing.EnhancedFlv.Form;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Media;
import dev.sluice.testing.Mp4Samples;
import dev.sluice.testing.Script;
import dev.sluice.testing.TestProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every codec and every kind of tag, through the recorder and out again as MP4. */
class CodecsTest extends RecorderCase {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String[] CASES = {
    "libx265, aac, LEGACY, hevc, aac",
    "libx265, aac, ENHANCED, hevc, aac",
    "libx265, libopus, SHORT, hevc, opus",
    "libx265, aac, MODIFIED, hevc, aac",
    "libx265, libopus, ONE_TRACK, hevc, opus",
    "libx265, aac, TWO_TRACKS, hevc, aac",
    "libx264, libmp3lame, LEGACY, h264, mp3",
    "libx264, libmp3lame, ENHANCED, h264, mp3",
    "libx264, aac, SHORT, h264, aac",
    "libsvtav1, libopus, ENHANCED, av1, opus",
    "libsvtav1, aac, TWO_TRACKS, av1, aac",
    "libvpx-vp9, libopus, ENHANCED, vp9, opus",
    "libvpx-vp9, aac, ONE_TRACK, vp9, aac"
  };

  static Stream<Arguments> cases() {
    return Stream.of(CASES).map(line -> Arguments.of((Object[]) line.split(", ")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyFrameStandsInAnMp4Recording(
      String videoEncoder, String audioEncoder, Form form, String video, String audio)
      throws IOException {
    recorder.container = Container.MP4;
    Path mp4 = EnhancedFlv.mp4(videoEncoder, audioEncoder);
    source.on(PATH, Script.flv().tags(EnhancedFlv.tags(mp4, form)).fin(), Script.status(404));
    recorder.grace = Duration.ofMillis(300);
    assertEquals(EndCause.OVER, recorder.awaitEnd(recorder.start(source.uri(PATH))).cause());

    assertEquals(1, recorder.files().size());
    Path made = recorder.files().get(0);
    assertEquals(List.of(video, audio), codecs(made));
    assertEquals("320x180", size(made));
    assertEquals("", Media.decodeErrors(made));
    assertSameSamples(mp4, made);

    long pictures = recorder.coverage().get("video_frames").asLong();
    long sounds = recorder.coverage().get("audio_frames").asLong();
    assertEquals(PlainMp4.Outcome.DONE, PlainMp4.make(made, pictures, sounds));
    assertEquals(List.of(video, audio), codecs(made));
    assertEquals("", Media.decodeErrors(made));
    assertSameSamples(mp4, made);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyFrameComesOutAgain(
      String videoEncoder, String audioEncoder, Form form, String video, String audio)
      throws IOException {
    Path mp4 = EnhancedFlv.mp4(videoEncoder, audioEncoder);
    source.on(PATH, Script.flv().tags(EnhancedFlv.tags(mp4, form)).fin(), Script.status(404));

    recorder.grace = Duration.ofMillis(300);
    RecordAnswer answer = recorder.start(source.uri(PATH));
    assertEquals(EndCause.OVER, recorder.awaitEnd(answer).cause());

    assertEquals(1, recorder.files().size());
    List<String> others = new ArrayList<>();
    recorder.coverage().get("other_tracks").forEach(track -> others.add(track.asText()));
    assertEquals(form == Form.TWO_TRACKS ? 2 : 0, others.size(), others.toString());
    Path made = toMp4(recorder.files().get(0));
    assertEquals(List.of(video, audio), codecs(made));
    assertEquals("320x180", size(made));
    assertEquals("", Media.decodeErrors(made));
    assertSameSamples(mp4, made);
    Path plain = root.resolve("plain.mp4");
    MovieFile.write(recorder.files().get(0), plain);
    assertEquals(List.of(video, audio), codecs(plain));
    assertEquals("", Media.decodeErrors(plain));
    assertEquals(Media.packetCounts(made), Media.packetCounts(plain));
  }

  private static void assertSameSamples(Path expected, Path actual) {
    List<Mp4Samples.Track> before = Mp4Samples.read(expected);
    List<Mp4Samples.Track> after = Mp4Samples.read(actual);
    assertEquals(before.size(), after.size());
    for (int t = 0; t < before.size(); t++) {
      List<Mp4Samples.Sample> wanted = before.get(t).samples();
      List<Mp4Samples.Sample> found = after.get(t).samples();
      assertEquals(wanted.size(), found.size(), "samples of track " + t);
      for (int i = 0; i < wanted.size(); i++) {
        String where = "sample " + i + " of track " + t;
        assertTrue(java.util.Arrays.equals(wanted.get(i).data(), found.get(i).data()), where);
        assertEquals(wanted.get(i).decodeMs(), found.get(i).decodeMs(), where);
        assertEquals(wanted.get(i).offsetMs(), found.get(i).offsetMs(), where);
        if (t == 0) {
          assertEquals(wanted.get(i).key(), found.get(i).key(), where);
        }
      }
    }
  }

  private static Path toMp4(Path flv) throws IOException {
    List<dev.sluice.media.flv.FlvTag> tags = new ArrayList<>();
    for (FlvTag tag : FlvTags.read(flv)) {
      tags.add(
          new dev.sluice.media.flv.FlvTag(
              tag.type(), tag.timestamp(), List.of(ByteBuffer.wrap(tag.payload()))));
    }
    Optional<CodecConfig> video = config(tags, true);
    Optional<CodecConfig> audio = config(tags, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new Mp4Tracks(video, audio).init());
    Mp4Fragments fragments = new Mp4Fragments(0, 50_000);
    tags.forEach(fragments::add);
    fragments.end(-1);
    while (!fragments.isEmpty()) {
      out.writeBytes(fragments.take());
    }
    return Files.write(flv.resolveSibling("made.mp4"), out.toByteArray());
  }

  private static Optional<CodecConfig> config(
      List<dev.sluice.media.flv.FlvTag> tags, boolean video) {
    Optional<CodecConfig> said =
        tags.stream()
            .filter(tag -> tag.isConfig() && tag.isVideo() == video)
            .findFirst()
            .map(CodecConfig::of);
    Optional<dev.sluice.media.flv.FlvTag> first =
        tags.stream().filter(tag -> tag.isFrame() && tag.isVideo() == video).findFirst();
    return said.map(config -> config.shownBy(first.orElseThrow()))
        .or(() -> first.flatMap(CodecConfig::ofFrame));
  }

  private static List<String> codecs(Path file) {
    return probe(file, "stream=codec_name");
  }

  private static String size(Path file) {
    return String.join("x", probe(file, "stream=width,height").get(0).split(","));
  }

  private static List<String> probe(Path file, String entries) {
    List<String> command =
        List.of("ffprobe", "-v", "error", "-show_entries", entries, "-of", "csv=p=0", "" + file);
    return TestProcess.run(LIMIT, command).output().lines().toList();
  }
}
