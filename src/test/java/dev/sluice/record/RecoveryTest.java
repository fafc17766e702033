package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SegmentRow.State;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Media;
import dev.sluice.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed recorder left is finished, whatever its last byte was. */
class RecoveryTest {
  private static final String FILE = "a.flv";

  @TempDir private static Path made;
  private static byte[] finished;

  @TempDir private Path root;
  private SqliteLedger ledger;
  private Recovery recovery;
  private long recording;

  /** A file of our own making: the recorder's, of one whole broadcast. */
  @BeforeAll
  static void record() throws IOException {
    Path sample = FlvSamples.recipe().length(Duration.ofSeconds(2)).kbit(60).make();
    try (LiveSource source = LiveSource.start();
        Recorder recorder = new Recorder(made)) {
      source.on("/a.flv", Script.flv().tags(FlvTags.read(sample)).fin(), Script.status(404));
      recorder.awaitEnd(recorder.start(source.uri("/a.flv")));
      finished = Files.readAllBytes(recorder.files().get(0));
    }
  }

  @BeforeEach
  void open() {
    ledger = SqliteLedger.inMemory();
    recovery = new Recovery(ledger, row -> List.of("nas"));
    recording = LedgerRows.recording(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aPartCutAnywhereBetweenTwoFramesKeepsEveryWholeFrame() throws IOException {
    int end = finished.length;
    for (int cut = end - 250; cut <= end; cut++) {
      assertRecovers(cut);
    }
  }

  @Test
  void aPartCutAnywhereAtItsFrontIsFinishedOrDropped() throws IOException {
    int front = front();
    for (int cut = 0; cut < 30; cut++) {
      assertRecovers(cut);
    }
    for (int cut = front - 30; cut < front + 130; cut++) {
      assertRecovers(cut);
    }
  }

  /** Bytes in front of the first frame. */
  private static int front() {
    int front = 13;
    for (FlvTag tag : FlvTags.parse(finished)) {
      if (tag.isMedia()) {
        break;
      }
      front += tag.payload().length + 15;
    }
    return front;
  }

  private void assertRecovers(int cut) throws IOException {
    byte[] left = Arrays.copyOf(finished, cut);
    List<Frame> frames = cut < 13 ? List.of() : FlvTags.frames(FlvTags.parseCut(left));
    Path file = root.resolve("cut" + cut + ".flv");
    long own = LedgerRows.recording(ledger);
    SegmentRow row = LedgerRows.open(ledger, own, root, file.getFileName().toString());
    Files.write(row.partPath(), left);

    List<SegmentRow> closed = recovery.finishAll();

    assertFalse(Files.exists(row.partPath()), "cut at " + cut);
    if (frames.isEmpty()) {
      assertEquals(List.of(), closed, "cut at " + cut);
      assertFalse(Files.exists(file));
      assertTrue(row(row.id()).isEmpty());
      return;
    }
    FlvTags.assertSameFrames(frames, FlvTags.frames(FlvTags.read(file)));
    SegmentRow stored = row(row.id()).orElseThrow();
    assertEquals(State.CLOSED, stored.state());
    assertEquals(frames.size(), stored.videoFrames() + stored.audioFrames());
    assertEquals(Files.size(file), stored.bytes());
    Files.delete(file);
  }

  @Test
  void aRecoveredFileSaysItsDurationAndPlays() throws IOException {
    SegmentRow row = part(Arrays.copyOf(finished, (front() + finished.length) / 2));
    recovery.finishAll();
    assertEquals("", Media.decodeErrors(row.path()));
    List<Frame> frames = FlvTags.frames(row.path());
    double last = frames.get(frames.size() - 1).timestamp() / 1000.0;
    assertEquals(last, Media.durationSeconds(row.path()), 0.05);
  }

  @Test
  void aPartThatMissesNothingBecomesTheFileThatTheRecorderWouldHaveClosed() throws IOException {
    byte[] unindexed = finished.clone();
    Arrays.fill(unindexed, indexAt() + 13, indexAt() + 40, (byte) 0);
    SegmentRow row = part(unindexed);
    recovery.finishAll();
    assertEquals(-1, Arrays.mismatch(finished, Files.readAllBytes(row.path())), "first difference");
  }

  /** Where the times of the key frames stand. */
  private static int indexAt() {
    return new String(finished, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("times\n");
  }

  @Test
  void doingItTwiceChangesNothing() throws IOException {
    SegmentRow row = part(Arrays.copyOf(finished, finished.length - 5));
    recovery.finishAll();
    List<String> names = names();
    byte[] bytes = Files.readAllBytes(row.path());
    SegmentRow stored = row(row.id()).orElseThrow();

    assertEquals(List.of(), recovery.finishAll());

    assertEquals(names, names());
    assertTrue(Arrays.equals(bytes, Files.readAllBytes(row.path())));
    assertEquals(stored, row(row.id()).orElseThrow());
    assertEquals(1, deliveries());
  }

  @Test
  void aCrashAfterTheLinkIsFinished() throws IOException {
    SegmentRow row = part(finished);
    Files.createLink(row.path(), row.partPath());
    assertEquals(1, recovery.finishAll().size());
    assertFalse(Files.exists(row.partPath()));
    assertEquals(FILE, row(row.id()).orElseThrow().file());
    FlvTags.assertSameFrames(FlvTags.frames(FlvTags.parse(finished)), FlvTags.frames(row.path()));
  }

  @Test
  void aCrashAfterTheUnlinkIsFinished() throws IOException {
    SegmentRow row = part(finished);
    Files.move(row.partPath(), row.path());
    assertEquals(1, recovery.finishAll().size());
    SegmentRow stored = row(row.id()).orElseThrow();
    assertEquals(State.CLOSED, stored.state());
    assertEquals(finished.length, stored.bytes());
    assertEquals(1, deliveries());
  }

  @Test
  void aFileFromBeforeTheRecordingIsNotTakenForOurs() throws IOException {
    SegmentRow row = LedgerRows.open(ledger, recording, root, FILE);
    Files.write(row.path(), finished);
    Instant before = row.openedAt().minusSeconds(60);
    Files.setLastModifiedTime(row.path(), FileTime.from(before));
    assertEquals(List.of(), recovery.finishAll());
    assertTrue(row(row.id()).isEmpty(), "nothing of the segment is left");
    assertEquals(0, deliveries());
  }

  @Test
  void aNameThatIsTakenMeanwhileStays() throws IOException {
    SegmentRow row = part(finished);
    Files.writeString(row.path(), "somebody else's");
    recovery.finishAll();
    assertEquals("somebody else's", Files.readString(row.path()));
    assertEquals("a (2).flv", row(row.id()).orElseThrow().file());
  }

  @Test
  void zerosThatAPowerCutLeftAreCutOff() throws IOException {
    byte[] left = Arrays.copyOf(finished, finished.length + 9000);
    SegmentRow row = part(left);
    recovery.finishAll();
    FlvTags.assertSameFrames(FlvTags.frames(FlvTags.parse(finished)), FlvTags.frames(row.path()));
  }

  @Test
  void aDamagedFrontDoesNotStopTheOthers() throws IOException {
    List<SegmentRow> damaged = new ArrayList<>();
    for (String script : List.of("\0\u0008duration\0\tkeyframes", hostile(-1), hostile(1 << 30))) {
      FlvTag front = new FlvTag(FlvTag.SCRIPT, 0, latin1(script));
      List<FlvTag> tags = new ArrayList<>(FlvTags.parse(finished));
      tags.set(0, front);
      SegmentRow row =
          LedgerRows.open(ledger, recording, root, "damaged" + damaged.size() + ".flv");
      FlvTags.write(row.partPath(), tags);
      damaged.add(row);
    }
    SegmentRow good = part(finished);

    recovery.finishAll();

    assertTrue(Files.exists(good.path()));
    for (SegmentRow row : damaged) {
      FlvTags.assertSameFrames(FlvTags.frames(FlvTags.parse(finished)), FlvTags.frames(row.path()));
    }
  }

  private List<Long> tail(Path file) throws IOException {
    SegmentRow row =
        LedgerRows.closed(ledger, recording, file, root.resolve("closed.flv"), 0, 1000);
    List<Long> times = new ArrayList<>();
    SegmentTail.read(List.of(row), (segment, tag) -> times.add(tag.time()));
    return times;
  }

  @Test
  void theTailOfAFileIsItsLastFrames() throws IOException {
    Path file = Files.write(root.resolve("tail.flv"), finished);
    List<Long> times = tail(file);
    List<Frame> frames = FlvTags.frames(FlvTags.parse(finished));
    assertEquals(frames.stream().map(Frame::timestamp).toList(), times);
  }

  @Test
  void theTailOfALongFileIsAboutItsLastHalfMinute() throws IOException {
    Path sample = FlvSamples.recipe().length(Duration.ofSeconds(90)).fps(5).kbit(40).make();
    List<Frame> frames = FlvTags.frames(sample);
    List<Long> times = tail(sample);
    List<Long> all = frames.stream().map(Frame::timestamp).toList();
    assertEquals(all.subList(all.size() - times.size(), all.size()), times);
    long seconds = (times.get(times.size() - 1) - times.get(0)) / 1000;
    assertTrue(seconds >= 30 && seconds <= 41, seconds + " s");
  }

  /** A front whose index claims this many numbers. */
  private static String hostile(int count) {
    String number =
        new String(
            new char[] {
              (char) (count >>> 24 & 255),
              (char) (count >> 16 & 255),
              (char) (count >> 8 & 255),
              (char) (count & 255)
            });
    return "\0\u0008duration\0\tkeyframes\u0003\0\u0005times\n" + number + "\0".repeat(80);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private SegmentRow part(byte[] bytes) throws IOException {
    SegmentRow row = LedgerRows.open(ledger, recording, root, FILE);
    Files.write(row.partPath(), bytes);
    return row;
  }

  private java.util.Optional<SegmentRow> row(long id) {
    return LedgerRows.ask(ledger, rows -> rows.segment(id));
  }

  private int deliveries() {
    return LedgerRows.ask(
        ledger, rows -> rows.deliveries(java.util.Optional.empty(), Long.MAX_VALUE, 100).size());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
