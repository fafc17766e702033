package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.Media;
import dev.sluice.testing.Script;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong with live streams (the rows of flv.md §6), through the recorder over a socket:
 * each test states which frames must stand in the files, and when.
 */
class AnomalyTest extends RecorderCase {
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(6));
  private static final List<FlvTag> TAGS = FlvTags.read(SAMPLE);
  private static final Comparator<Frame> BY_TIME =
      Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track);

  private void record(Script script) {
    recorder.grace = Duration.ofMillis(300);
    source.on(PATH, script, Script.status(404));
    RecordAnswer answer = recorder.start(source.uri(PATH));
    assertEquals(Outcome.STARTED, answer.outcome());
    recorder.awaitEnd(answer);
    for (Path file : recorder.files()) {
      long scripts = FlvTags.read(file).stream().filter(FlvTag::isScript).count();
      assertEquals(1, scripts, "our metadata and no other");
    }
  }

  private void record(List<FlvTag> tags) {
    record(Script.flv().tags(tags).fin());
  }

  private void recordBytes(byte[] bytes) {
    record(Script.body(200, "video/x-flv", bytes));
  }

  /** All frames of all files on the recording's time line, by time. */
  private List<Frame> written() {
    List<Frame> all = new ArrayList<>();
    for (JsonNode segment : recorder.coverage().get("segments")) {
      Path file =
          recorder.files().stream()
              .filter(path -> path.endsWith(segment.get("file").asText()))
              .findFirst()
              .orElseThrow();
      long start = segment.get("start_ms").asLong();
      FlvTags.frames(file).forEach(frame -> all.add(moved(frame, frame.timestamp() + start)));
    }
    all.sort(BY_TIME);
    return all;
  }

  private static Frame moved(Frame frame, long at) {
    return new Frame(frame.track(), at, frame.payloadHash(), frame.key());
  }

  /** These frames, each once, at their times since the first picture. */
  private void assertHolds(List<FlvTag> sent) {
    List<Frame> frames = FlvTags.frames(sent.stream().filter(FlvTag::isMedia).toList());
    List<Frame> expected = new ArrayList<>(FlvTags.fromFirstKeyFrame(frames));
    long base = expected.get(0).timestamp();
    expected.replaceAll(frame -> moved(frame, (int) (frame.timestamp() - base)));
    expected.sort(BY_TIME);
    FlvTags.assertSameFrames(expected, written());
    recorder.files().forEach(file -> assertEquals("", Media.decodeErrors(file)));
  }

  /** The same frames in the same order per track; their times strictly rise. */
  private void assertSameContent(List<FlvTag> sent) {
    List<Frame> expected = FlvTags.fromFirstKeyFrame(FlvTags.frames(sent));
    List<Frame> actual = written();
    for (Frame.Track track : Frame.Track.values()) {
      assertEquals(hashes(expected, track), hashes(actual, track), track + "");
      long last = -1;
      for (Frame frame : actual) {
        if (frame.track() == track) {
          assertTrue(frame.timestamp() > last, frame + " after " + last);
          last = frame.timestamp();
        }
      }
    }
  }

  private static List<String> hashes(List<Frame> frames, Frame.Track track) {
    return frames.stream().filter(f -> f.track() == track).map(Frame::payloadHash).toList();
  }

  private void assertGaps(long... durations) {
    List<Long> found = new ArrayList<>();
    recorder.coverage().get("gaps").forEach(gap -> found.add(gap.get("duration_ms").asLong()));
    assertEquals(durations.length, found.size(), found.toString());
    for (int i = 0; i < durations.length; i++) {
      assertEquals(durations[i], found.get(i), 45, "a frame's length more or less");
    }
  }

  private static List<FlvTag> each(UnaryOperator<FlvTag> change) {
    return TAGS.stream().map(tag -> tag.isMedia() ? change.apply(tag) : tag).toList();
  }

  private static int keyAt(long ms) {
    int n = 0;
    while (!TAGS.get(n).isKeyFrame() || TAGS.get(n).timestamp() < ms) {
      n++;
    }
    return n;
  }

  private static FlvTag script(String name) {
    byte[] word = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer payload = ByteBuffer.allocate(word.length + 100);
    payload.put((byte) 2).putShort((short) word.length).put(word).put((byte) 8).putInt(1);
    payload.putShort((short) 9).put("framerate".getBytes(StandardCharsets.US_ASCII));
    payload.put((byte) 0).putDouble(60);
    payload.put(new byte[] {0, 0, 9});
    return new FlvTag(FlvTag.SCRIPT, 0, Arrays.copyOf(payload.array(), payload.position()));
  }

  private static List<FlvTag> with(int at, FlvTag... more) {
    List<FlvTag> tags = new ArrayList<>(TAGS);
    tags.addAll(at, List.of(more));
    return tags;
  }

  private static FlvTag config(List<FlvTag> tags) {
    return tags.stream().filter(FlvTag::isVideoConfig).findFirst().orElseThrow();
  }

  /** Rows 1 and 25. */
  @ParameterizedTest
  @ValueSource(longs = {4023, 3_600_000_000L, 0x7FFF_FC00L, 0xFFFF_F400L})
  void timesBeginAtZeroWhereverTheSourceIs(long base) {
    record(each(tag -> tag.at(tag.timestamp() + base)));
    assertHolds(TAGS);
    assertEquals(1, recorder.files().size());
    assertGaps();
  }

  /** Rows 2 and 37. */
  @Test
  void aJumpAheadAtAKeyFrameIsAGapOfItsLength() {
    long from = TAGS.get(keyAt(3000)).timestamp();
    List<FlvTag> sent = each(tag -> tag.timestamp() < from ? tag : tag.at(tag.timestamp() + 5000));
    record(sent);
    assertHolds(sent);
    assertGaps(5000);
  }

  /** Row 3. */
  @Test
  void aJumpAheadInsideAGroupIsAGapOfItsLength() {
    List<FlvTag> sent = each(tag -> tag.timestamp() < 3500 ? tag : tag.at(tag.timestamp() + 1800));
    record(sent);
    assertHolds(sent);
    assertGaps(1800);
  }

  /** Row 4. */
  @Test
  void theSourcesTimesBeginAnewAndNothingIsLost() {
    int key = keyAt(3000);
    long from = TAGS.get(key).timestamp();
    List<FlvTag> sent = new ArrayList<>(TAGS.subList(0, key));
    TAGS.subList(key, TAGS.size()).forEach(tag -> sent.add(tag.at(tag.timestamp() - from)));
    record(sent);
    assertSameContent(sent);
    assertGaps();
    long length = written().get(written().size() - 1).timestamp();
    assertEquals(6000, length, 80);
  }

  /** Row 5. */
  @Test
  void soundThatStepsAgainstThePictureIsKept() {
    List<FlvTag> sent =
        each(tag -> tag.isAudio() && tag.timestamp() >= 3000 ? tag.at(tag.timestamp() + 130) : tag);
    record(sent);
    assertHolds(sent);
  }

  /** Row 6. */
  @Test
  void anotherPictureSizeBeginsAFileWithItsOwnHeaders() {
    List<FlvTag> sent = new ArrayList<>();
    List<Path> samples = FlvSamples.twoSizes(Duration.ofSeconds(3));
    sent.addAll(FlvTags.read(samples.get(0)));
    FlvTags.read(samples.get(1)).forEach(tag -> sent.add(tag.at(tag.timestamp() + 3100)));
    record(sent);
    assertSameContent(sent);
    assertEquals(2, recorder.files().size());
    for (int i = 0; i < 2; i++) {
      List<FlvTag> file = FlvTags.read(recorder.files().get(i));
      assertEquals(config(FlvTags.read(samples.get(i))).sha1(), config(file).sha1());
      assertTrue(file.stream().filter(FlvTag::isMedia).findFirst().orElseThrow().isKeyFrame());
      assertEquals("", Media.decodeErrors(recorder.files().get(i)));
    }
  }

  /** Rows 7, 8, 19 and 20. */
  @Test
  void headersAndScriptsThatChangeNothingMakeNoFile() {
    FlvTag ours = config(TAGS);
    FlvTag other = config(FlvTags.read(FlvSamples.twoSizes(Duration.ofSeconds(3)).get(1)));
    record(with(keyAt(2000), script("onMetaData"), ours, other, ours, script("onTextData")));
    assertHolds(TAGS);
    assertEquals(1, recorder.files().size());
  }

  /** Row 9. */
  @Test
  void soundWhoseHeaderComesLateIsRecorded() {
    List<FlvTag> sent = new ArrayList<>();
    FlvTag sound = TAGS.stream().filter(FlvTag::isAudioConfig).findFirst().orElseThrow();
    for (FlvTag tag : TAGS) {
      boolean early = tag.isAudio() && (tag.isAudioConfig() || tag.timestamp() < 2500);
      if (!early) {
        sent.add(tag);
      }
    }
    int at = 0;
    while (!sent.get(at).isAudio()) {
      at++;
    }
    sent.add(at, sound);
    record(sent);
    assertHolds(sent);
    assertEquals(
        1, source.connections(PATH).stream().filter(c -> c.framesSent().size() > 0).count());
  }

  /** Row 11. */
  @Test
  void whatIsServedAgainInOneConnectionIsWrittenOnce() {
    List<FlvTag> sent = new ArrayList<>(TAGS.subList(0, keyAt(4000)));
    sent.addAll(TAGS.subList(keyAt(1000), keyAt(4000)));
    sent.addAll(TAGS.subList(keyAt(2000), TAGS.size()));
    record(sent);
    assertHolds(TAGS);
    int dropped = recorder.coverage().at("/duplicates_dropped/frames").asInt();
    assertTrue(dropped > 100, dropped + " dropped");
    assertEquals(dropped, recorder.coverage().at("/segments/0/duplicates_dropped").asInt());
    assertGaps();
  }

  /** Row 12. */
  @Test
  void silenceAndStillPicturesAreNoRepeats() {
    List<FlvTag> still = FlvTags.read(FlvSamples.stillAndSilent(Duration.ofSeconds(6)));
    record(still);
    assertHolds(still);
    assertEquals(0, recorder.coverage().at("/duplicates_dropped/frames").asInt());
  }

  /** Row 13. */
  @Test
  void oneTagThatComesTwiceIsWrittenOnce() {
    record(with(200, TAGS.get(199)));
    assertHolds(TAGS);
  }

  /** Row 14. */
  @Test
  void whatIsOutOfOrderIsPutInOrder() {
    List<FlvTag> sent = new ArrayList<>(TAGS);
    for (int n = keyAt(1000) + 3; n < sent.size() - 12; n += 12) {
      sent.addAll(n + 4, List.of(sent.remove(n)));
    }
    record(sent);
    assertOrderedFrom(2000);
  }

  /** Until the first one comes late nothing waits: it stands where it came. */
  private void assertOrderedFrom(long ms) {
    List<Frame> expected = new ArrayList<>(FlvTags.fromFirstKeyFrame(FlvTags.frames(TAGS)));
    long base = expected.get(0).timestamp();
    expected.replaceAll(frame -> moved(frame, frame.timestamp() - base));
    List<Frame> actual = written();
    assertEquals(expected.size(), actual.size());
    expected.removeIf(frame -> frame.timestamp() < ms);
    actual.removeIf(frame -> frame.timestamp() < ms);
    expected.sort(BY_TIME);
    FlvTags.assertSameFrames(expected, actual);
  }

  /** Row 15. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wrongPreviousTagSizesDoNotMatter(boolean all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(FlvTags.header(true, true));
    for (FlvTag tag : TAGS) {
      byte[] bytes = tag.toBytes();
      if (all || tag.isScript()) {
        Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0);
      }
      out.writeBytes(bytes);
    }
    recordBytes(out.toByteArray());
    assertHolds(TAGS);
  }

  /** Row 16. */
  @Test
  void garbageCostsNothingThatIsWhole() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(FlvTags.header(true, true));
    byte[] garbage = new byte[3000];
    new Random(3).nextBytes(garbage);
    for (int i = 0; i < TAGS.size(); i++) {
      out.writeBytes(TAGS.get(i).toBytes());
      if (i % 70 == 60) {
        out.writeBytes(garbage);
      }
      if (i % 70 == 30) {
        out.writeBytes(new FlvTag(15, 0, new byte[40]).toBytes());
      }
    }
    recordBytes(out.toByteArray());
    assertHolds(TAGS);
    assertEquals(1, recorder.files().size());
    assertTrue(recorder.coverage().at("/damaged/places").asInt() > 8);
    assertTrue(recorder.coverage().at("/damaged/bytes").asInt() > 3000 * 5);
  }

  /** One wrong time, which no other program mends. */
  @Test
  void oneWrongTimeIsMended() {
    FlvTag wrong =
        TAGS.stream().filter(t -> t.isMedia() && t.timestamp() >= 3100).findFirst().get();
    List<FlvTag> sent = each(tag -> tag == wrong ? tag.at(tag.timestamp() + 800_000) : tag);
    record(sent);
    assertSameContent(TAGS);
    assertEquals(1, recorder.coverage().get("mended_times").asInt());
    assertGaps();
  }

  /** Row 17. */
  @Test
  void emptyTagsAreIgnored() {
    FlvTag nothing = new FlvTag(FlvTag.VIDEO, 1000, new byte[0]);
    record(with(100, nothing, new FlvTag(FlvTag.AUDIO, 0, new byte[0]), nothing));
    assertHolds(TAGS);
  }

  /** Rows 18 and 36. */
  @Test
  void allThatIsWholeBeforeTheEndIsWritten() {
    byte[] bytes = FlvTags.toBytes(TAGS);
    byte[] whole = new byte[13 + bytes.length];
    System.arraycopy(FlvTags.header(true, true), 0, whole, 0, 13);
    System.arraycopy(bytes, 0, whole, 13, bytes.length);
    recordBytes(
        Arrays.copyOf(
            bytes[0] == 'F' ? bytes : whole, (bytes[0] == 'F' ? bytes : whole).length - 9));
    assertHolds(TAGS.subList(0, TAGS.size() - 1));
  }

  /** Rows 21, 26 and 27. */
  @Test
  void theTimesOfTheSourceCountAndNoMetadata() {
    List<FlvTag> video = FlvTags.read(FlvSamples.videoOnly(Duration.ofSeconds(6)));
    List<FlvTag> sent = new ArrayList<>(video.stream().filter(tag -> !tag.isScript()).toList());
    record(sent);
    assertHolds(sent);
    sent.add(0, script("onMetaData"));
    recorder.close();
    recorder = new Recorder(root.resolve("labelled"));
    source.on("/other.flv", Script.flv().tags(sent).fin(), Script.status(404));
    recorder.awaitEnd(recorder.start(source.uri("/other.flv")));
    assertHolds(sent);
  }

  /** Row 22. */
  @Test
  void theEndOfASequenceIsNotWrittenAndEndsNothing() {
    record(with(keyAt(3000), new FlvTag(FlvTag.VIDEO, 2999, new byte[] {0x17, 2, 0, 0, 0})));
    assertHolds(TAGS);
    assertEquals(1, recorder.files().size());
  }

  /** Row 24. */
  @Test
  void soundAloneIsRecorded() {
    List<FlvTag> sound = FlvTags.read(FlvSamples.audioOnly(Duration.ofSeconds(4)));
    record(sound);
    assertHolds(sound);
  }

  /** Row 29. */
  @Test
  void aStreamThatBeginsInsideAGroupBeginsAtItsFirstKeyFrame() {
    List<FlvTag> sent = new ArrayList<>(TAGS.stream().filter(tag -> !tag.isMedia()).toList());
    sent.addAll(TAGS.subList(keyAt(1000) + 9, TAGS.size()));
    record(sent);
    assertHolds(sent);
  }

  /** Row 30. */
  @Test
  void aVeryShortConnectionIsKept() {
    List<FlvTag> sent = TAGS.subList(0, keyAt(0) + 4);
    record(sent);
    assertHolds(sent);
  }

  /** Row 31. */
  @Test
  void aStreamWithoutAFileHeaderIsRecorded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TAGS.forEach(tag -> out.writeBytes(tag.toBytes()));
    recordBytes(out.toByteArray());
    assertHolds(TAGS);
  }

  /** Row 32. */
  @Test
  void aPageInPlaceOfAStreamIsUnknownAndLeavesNoFile() {
    source.on(PATH, Script.html("<html>not here</html>"));
    assertEquals(Outcome.UNKNOWN, recorder.start(source.uri(PATH)).outcome());
    assertEquals(List.of(), recorder.leftovers());
  }

  /** Row 33. */
  @Test
  void aGroupThatNeverEndsIsWrittenThrough() {
    Path sample = FlvSamples.avcAac(Duration.ofSeconds(30), 25, Duration.ofSeconds(60), 300);
    List<FlvTag> tags = FlvTags.read(sample);
    record(tags);
    assertHolds(tags);
  }
}
