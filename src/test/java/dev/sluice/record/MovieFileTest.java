package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Media;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain MP4 files; ffprobe judges. Codecs are in {@link CodecsTest}. */
class MovieFileTest {
  @TempDir private Path dir;

  private Path movie(List<FlvTag> tags) throws IOException {
    Path flv = FlvTags.write(dir.resolve("in.flv"), tags);
    Path mp4 = dir.resolve("out.mp4");
    MovieFile.write(flv, mp4);
    assertEquals("", Media.decodeErrors(mp4));
    assertEquals(Media.packetCounts(flv), Media.packetCounts(mp4));
    return mp4;
  }

  @Test
  void soundThatBeginsLaterIsPlayedLater() throws IOException {
    List<FlvTag> tags = new ArrayList<>();
    for (FlvTag tag : FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(6)))) {
      boolean early = tag.isAudio() && tag.isMedia() && tag.timestamp() < 2000;
      if (!early) {
        tags.add(tag);
      }
    }
    Path mp4 = movie(tags);
    assertEquals(6, Media.durationSeconds(mp4), 0.1);
    assertEquals(2.0, Media.startSeconds(mp4, "a"), 0.05);
    assertEquals(0.0, Media.startSeconds(mp4, "v"), 0.05);
  }

  @Test
  void oneTrackIsEnough() throws IOException {
    movie(FlvTags.read(FlvSamples.audioOnly(Duration.ofSeconds(3))));
    Files.delete(dir.resolve("out.mp4"));
    movie(FlvTags.read(FlvSamples.videoOnly(Duration.ofSeconds(3))));
  }

  @Test
  void aHoleInTheTimesStaysOne() throws IOException {
    List<FlvTag> tags =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(4))).stream()
            .map(tag -> tag.timestamp() < 2000 ? tag : tag.at(tag.timestamp() + 60_000))
            .toList();
    assertEquals(64, Media.durationSeconds(movie(tags)), 0.2);
  }

  @Test
  void nothingIsWrittenOverAndNothingHalfIsLeft() throws IOException {
    Path flv = FlvSamples.avcAac(Duration.ofSeconds(1));
    Path taken = Files.writeString(dir.resolve("taken.mp4"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> MovieFile.write(flv, taken));
    assertEquals("mine", Files.readString(taken));
    Path page = Files.writeString(dir.resolve("page.flv"), "<html>");
    Path out = dir.resolve("page.mp4");
    IOException e = assertThrows(IOException.class, () -> MovieFile.write(page, out));
    assertTrue(e.getMessage().contains("no FLV"), e.getMessage());
    assertTrue(Files.notExists(out));
  }
}
