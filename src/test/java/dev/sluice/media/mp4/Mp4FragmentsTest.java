package dev.sluice.media.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.Media;
import dev.sluice.testing.TestProcess;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FLV in, MP4 out; ffmpeg and ffprobe judge. */
class Mp4FragmentsTest {
  private static final Duration LENGTH = Duration.ofSeconds(4);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** A file of ours as the player gets it. */
  private record Made(Mp4Tracks tracks, int pieces, Path file) {}

  private Made make(Path flv, int pieceBytes) throws Exception {
    List<FlvTag> tags = tags(flv);
    Optional<CodecConfig> video = config(tags, true);
    Optional<CodecConfig> audio = config(tags, false);
    Mp4Tracks tracks = new Mp4Tracks(video, audio);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tracks.init());
    Mp4Fragments fragments = new Mp4Fragments(0, pieceBytes);
    int pieces = 0;
    for (FlvTag tag : tags) {
      fragments.add(tag);
      while (fragments.isFull()) {
        out.writeBytes(fragments.take());
        pieces++;
      }
    }
    fragments.end(-1);
    while (!fragments.isEmpty()) {
      out.writeBytes(fragments.take());
      pieces++;
    }
    return new Made(tracks, pieces, Files.write(folder.resolve("made.mp4"), out.toByteArray()));
  }

  private static List<FlvTag> tags(Path flv) throws Exception {
    List<FlvTag> tags = new ArrayList<>();
    FlvReader reader =
        new FlvReader(
            new FlvReader.Sink() {
              @Override
              public void header(boolean audio, boolean video) {}

              @Override
              public void tag(FlvTag tag) {
                tags.add(tag);
              }
            });
    byte[] bytes = Files.readAllBytes(flv);
    // in small pieces, so that tags lie in several
    for (int at = 0; at < bytes.length; at += 777) {
      reader.accept(ByteBuffer.wrap(bytes, at, Math.min(777, bytes.length - at)));
    }
    return tags;
  }

  private static Optional<CodecConfig> config(List<FlvTag> tags, boolean video) {
    return tags.stream()
        .filter(tag -> tag.isConfig() && tag.isVideo() == video)
        .findFirst()
        .map(CodecConfig::of);
  }

  /** Presentation and decoding time of every packet of a track, in milliseconds. */
  private static List<String> times(Path file, String track) {
    List<String> command =
        List.of("ffprobe", "-v", "error", "-select_streams", track, "-of", "csv=p=0");
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("-show_entries", "packet=pts_time,dts_time", file.toString()));
    return TestProcess.run(LIMIT, words)
        .output()
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.replaceAll(",+$", ""))
        .toList();
  }

  private void holdsTheSame(Path flv, int pieceBytes) throws Exception {
    Made made = make(flv, pieceBytes);
    assertTrue(made.pieces() > 1, "more than one piece");
    assertEquals(Media.packetCounts(flv), Media.packetCounts(made.file()));
    assertEquals("", Media.decodeErrors(made.file()));
    assertEquals(times(flv, "v"), times(made.file(), "v"));
    assertEquals(times(flv, "a"), times(made.file(), "a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000, 60_000})
  void everyFrameAtItsTime(int pieceBytes) throws Exception {
    holdsTheSame(FlvSamples.avcAac(LENGTH), pieceBytes);
  }

  @Test
  void picturesThatAreShownInAnotherOrder() throws Exception {
    Path flv = FlvSamples.recipe().length(LENGTH).bframes(3).make();
    List<String> times = times(flv, "v");
    assertTrue(times.stream().anyMatch(t -> !t.split(",")[0].equals(t.split(",")[1])), "B-frames");
    holdsTheSame(flv, 20_000);
  }

  @Test
  void soundAlone() throws Exception {
    Path flv = FlvSamples.audioOnly(LENGTH);
    assertEquals("mp4a.40.2", make(flv, 4000).tracks().codecs());
    holdsTheSame(flv, 4000);
  }

  @Test
  void picturesAlone() throws Exception {
    holdsTheSame(FlvSamples.videoOnly(LENGTH), 20_000);
  }

  @Test
  void codecsInTheWordsOfBrowsers() throws Exception {
    Mp4Tracks tracks = make(FlvSamples.avcAac(LENGTH), 100_000).tracks();
    assertTrue(tracks.codecs().matches("avc1\\.[0-9a-f]{6},mp4a\\.40\\.2"), tracks.codecs());
    assertEquals(320, tracks.picture().orElseThrow().width());
    assertEquals(180, tracks.picture().orElseThrow().height());
  }

  /** An hour is missing: nobody may be shown one picture for an hour. */
  @Test
  void aHoleInTheTimesStaysOne() throws Exception {
    List<FlvTag> tags = tags(FlvSamples.avcAac(LENGTH));
    Mp4Tracks tracks = new Mp4Tracks(config(tags, true), config(tags, false));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tracks.init());
    Mp4Fragments fragments = new Mp4Fragments(0, Integer.MAX_VALUE);
    for (FlvTag tag : tags) {
      long hole = tag.time() < 2000 ? 0 : 3_600_000;
      fragments.add(new FlvTag(tag.type(), tag.time() + hole, tag.pieces()));
    }
    fragments.end(-1);
    while (!fragments.isEmpty()) {
      out.writeBytes(fragments.take());
    }
    Path file = Files.write(folder.resolve("hole.mp4"), out.toByteArray());
    assertEquals(Media.packetCounts(FlvSamples.avcAac(LENGTH)), Media.packetCounts(file));
    List<String> words = List.of("ffprobe", "-v", "error", "-of", "csv=p=0", "-show_entries");
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("packet=duration_time", file.toString()));
    double longest =
        TestProcess.run(LIMIT, command)
            .output()
            .lines()
            .map(line -> line.replace(",", ""))
            .filter(line -> !line.isBlank())
            .mapToDouble(Double::parseDouble)
            .max()
            .orElseThrow();
    assertTrue(longest < 0.2, longest + " s");
  }
}
