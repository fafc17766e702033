package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Media;
import dev.sluice.testing.Mp4Files;
import dev.sluice.testing.SluiceProcess;
import dev.sluice.testing.TestProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice repair} on files that ffmpeg made and that were spoiled here. */
class RepairCommandTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(6));

  @TempDir private Path folder;
  private Path in;
  private byte[] before;

  @BeforeEach
  void name() {
    in = folder.resolve("broken [直播] $(x).flv");
  }

  /** Whatever happens the file itself stays, and nothing half done lies about. */
  @AfterEach
  void theInputIsUntouched() throws IOException {
    if (before != null) {
      assertArrayEquals(before, Files.readAllBytes(in));
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(), all.filter(file -> file.toString().endsWith(".part")).toList());
    }
  }

  private void write(byte[] bytes) throws IOException {
    Files.write(in, bytes);
    before = bytes;
  }

  private record Ran(int code, String output, String errors) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(output);
    }
  }

  private static Ran run(Object... words) {
    List<String> arguments = new ArrayList<>(List.of("repair"));
    Stream.of(words).map(Object::toString).forEach(arguments::add);
    try (SluiceProcess process = SluiceProcess.start(arguments)) {
      int code = process.exitCode(LIMIT);
      return new Ran(code, process.output(), process.errors());
    }
  }

  /** Sound before the first picture stands in no file. */
  private static void assertHolds(List<Frame> frames, Path file) {
    List<Frame> expected = FlvTags.rebased(FlvTags.fromFirstKeyFrame(frames));
    FlvTags.assertSameFrames(expected, FlvTags.frames(file));
  }

  private Path repaired() {
    return folder.resolve("broken [直播] $(x).repaired.flv");
  }

  @Test
  void aGoodFileComesOutWithTheSameFramesAndAnIndex() throws IOException {
    write(Files.readAllBytes(SAMPLE));
    Ran ran = run(in, "--report");
    assertEquals(0, ran.code(), ran.errors());
    assertHolds(FlvTags.frames(SAMPLE), repaired());
    assertEquals("", Media.decodeErrors(repaired()));
    assertEquals(6, Media.durationSeconds(repaired()), 0.1);
    assertEquals(0, ran.json().at("/found/damaged_places").asInt());
    assertEquals(0, ran.json().get("gaps").size());
    assertEquals(0, ran.json().get("repeats_dropped").asInt());
  }

  @Test
  void damageIsPassedOver() throws IOException {
    List<FlvTag> tags = FlvTags.read(SAMPLE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(FlvTags.header(true, true));
    byte[] garbage = new byte[5000];
    new Random(7).nextBytes(garbage);
    for (int i = 0; i < tags.size(); i++) {
      out.writeBytes(tags.get(i).toBytes());
      if (i == 40 || i == 200) {
        out.writeBytes(garbage);
      }
    }
    byte[] bytes = out.toByteArray();
    write(Arrays.copyOf(bytes, bytes.length - 30));
    Ran ran = run(in, "--report");
    List<Frame> all = FlvTags.frames(SAMPLE);
    assertHolds(all.subList(0, all.size() - 1), repaired());
    assertEquals(2, ran.json().at("/found/damaged_places").asInt());
    assertEquals(10_000, ran.json().at("/found/damaged_bytes").asInt());
  }

  @Test
  void whatAReconnectBroughtTwiceIsWrittenOnce() throws IOException {
    List<FlvTag> tags = FlvTags.read(SAMPLE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(FlvTags.toBytes(tags.subList(0, 250)));
    out.writeBytes(FlvTags.header(true, true));
    out.writeBytes(FlvTags.toBytes(tags.subList(0, 3)));
    List<FlvTag> again =
        tags.subList(150, tags.size()).stream().dropWhile(tag -> !tag.isKeyFrame()).toList();
    out.writeBytes(FlvTags.toBytes(again));
    write(out.toByteArray());
    Ran ran = run(in, "--out", folder.resolve("whole.flv"));
    assertEquals(0, ran.code(), ran.errors());
    assertTrue(ran.output().contains("stood in it twice"), ran.output());
    assertHolds(FlvTags.frames(SAMPLE), folder.resolve("whole.flv"));
  }

  @Test
  void anotherPictureSizeBeginsAnotherFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Path part : FlvSamples.twoSizes(Duration.ofSeconds(3))) {
      out.writeBytes(Files.readAllBytes(part));
    }
    write(out.toByteArray());
    Ran ran = run(in);
    assertEquals(0, ran.code(), ran.errors());
    Path second = folder.resolve("broken [直播] $(x).repaired (2).flv");
    assertEquals("", Media.decodeErrors(repaired()));
    assertEquals("", Media.decodeErrors(second));
    assertEquals(3, Media.durationSeconds(second), 0.1);
    assertTrue(ran.output().contains("a new file each time"), ran.output());
  }

  /** Pictures in another order than they are shown in, so that composition times count. */
  @Test
  void byItsEndingItIsAnMp4ThatPlaysFromItsFirstBytes() throws IOException {
    Path sample = FlvSamples.recipe().length(Duration.ofSeconds(6)).bframes(2).make();
    write(Files.readAllBytes(sample));
    Path out = folder.resolve("whole.mp4");
    Ran ran = run(in, "--out", out);
    assertEquals(0, ran.code(), ran.errors());
    assertEquals("", Media.decodeErrors(out));
    List<Frame> frames = FlvTags.fromFirstKeyFrame(FlvTags.frames(sample));
    long pictures = frames.stream().filter(f -> f.track() == Frame.Track.VIDEO).count();
    assertEquals(
        Map.of("video", pictures, "audio", frames.size() - pictures), Media.packetCounts(out));
    run(in, "--out", folder.resolve("whole.flv"));
    for (String track : List.of("v", "a")) {
      assertEquals(times(folder.resolve("whole.flv"), track), times(out, track), track);
    }
    String text = new String(Files.readAllBytes(out), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertTrue(text.indexOf("moov") < text.indexOf("mdat"), "the tables stand in front");
    assertEquals(1, run(in, "--out", out).code(), "it is there already");
  }

  /** Presentation and decoding time of every packet of a track. */
  private static List<String> times(Path file, String track) {
    List<String> command =
        List.of(
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            track,
            "-of",
            "csv=p=0",
            "-show_entries",
            "packet=pts_time,dts_time,flags",
            file.toString());
    return TestProcess.run(LIMIT, command)
        .output()
        .lines()
        .map(line -> line.replaceAll("[,_D]+$", ""))
        .filter(line -> !line.isBlank())
        .toList();
  }

  @Test
  void aNameThatIsTakenIsRefused() throws IOException {
    write(Files.readAllBytes(SAMPLE));
    Files.writeString(repaired(), "mine");
    Ran ran = run(in);
    assertEquals(1, ran.code());
    assertTrue(ran.errors().contains("exists already"), ran.errors());
    assertEquals("mine", Files.readString(repaired()));
    assertEquals(1, run(in, "--out", in).code());
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    write(Files.readAllBytes(SAMPLE));
    Ran ran = run(in, "--dry-run");
    assertEquals(0, ran.code(), ran.errors());
    assertTrue(ran.output().contains("would write"), ran.output());
    assertTrue(Files.notExists(repaired()));
  }

  @Test
  void whatIsNoFlvIsSaidToBeNone() throws IOException {
    write("<html>404</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Ran ran = run(in);
    assertEquals(1, ran.code());
    assertTrue(ran.errors().contains("no FLV"), ran.errors());
    assertTrue(Files.notExists(repaired()));
    Ran missing = run(folder.resolve("nowhere.flv"));
    assertEquals(1, missing.code());
    assertTrue(missing.errors().contains("no such file"), missing.errors());
  }

  @Test
  void anMp4OfOursThatIsCutOffGivesItsWholePieces() throws IOException {
    in = folder.resolve("left over.mp4");
    byte[] whole = Mp4Files.of(SAMPLE);
    write(Arrays.copyOf(whole, whole.length * 3 / 4));
    Path out = folder.resolve("out.mp4");
    Ran ran = run(in, "--out", out, "--report");
    assertEquals(0, ran.code(), ran.toString());
    assertEquals("", Media.decodeErrors(out));
    long pictures = ran.json().at("/written/0/video_frames").asLong();
    assertTrue(pictures > 50 && pictures < 150, ran.output());
    assertEquals(pictures, Media.packetCounts(out).get("video"));
    write(whole);
    Path flv = folder.resolve("out.flv");
    assertEquals(0, run(in, "--out", flv).code());
    assertHolds(FlvTags.frames(SAMPLE), flv);
  }

  @Test
  void anMp4OfAnotherProgramIsRefused() throws IOException {
    in = folder.resolve("other.mp4");
    TestProcess.run(
        LIMIT, List.of("ffmpeg", "-v", "error", "-i", "" + SAMPLE, "-c", "copy", "" + in));
    before = Files.readAllBytes(in);
    Ran ran = run(in);
    assertEquals(1, ran.code(), ran.toString());
    assertTrue(ran.errors().contains("only MP4 files that Sluice has recorded"), ran.errors());
  }
}
