package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.file.FrameLists;
import dev.sluice.file.PlainMp4;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.LedgerRows;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.room.Container;
import dev.sluice.testing.Await;
import dev.sluice.testing.Broadcast;
import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Media;
import dev.sluice.testing.Recorded;
import dev.sluice.testing.Script;
import dev.sluice.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are written as MP4; every codec is in {@link CodecsTest}. */
class Mp4RecordingTest {
  private static final String PATH = "/live.flv";
  private static final Path SAMPLE = FlvSamples.avcAac(Duration.ofSeconds(12));

  @TempDir private Path dir;

  private Recorder recorder(Ledger ledger) {
    Recorder recorder = new Recorder(dir.resolve("root"), ledger);
    recorder.container = Container.MP4;
    recorder.grace = Duration.ofMillis(300);
    return recorder;
  }

  private Recorded recorded() {
    return new Recorded(dir.resolve("root"));
  }

  private void record(Script... scripts) {
    try (LiveSource source = LiveSource.start();
        Recorder recorder = recorder(SqliteLedger.inMemory())) {
      source.on(PATH, scripts);
      recorder.splitEvery = Optional.of(Duration.ofSeconds(5));
      RecordAnswer answer = recorder.start(source.uri(PATH));
      assertEquals(EndCause.OVER, recorder.awaitEnd(answer).cause());
    }
  }

  @Test
  void filesAreCutAtKeyFramesAndHoldEveryFrame() {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    assertTrue(recorded().media().size() > 1, "" + recorded().media());
    recorded().assertPlayable();
    recorded().assertHolds(FlvTags.frames(SAMPLE));
    double sum = recorded().media().stream().mapToDouble(Media::durationSeconds).sum();
    assertEquals(Media.durationSeconds(SAMPLE), sum, 0.3);
    assertTrue(recorded().media().stream().allMatch(f -> f.toString().endsWith(".mp4")));
  }

  @Test
  void whatTheSourceRepeatsAfterADropIsWrittenOnce() {
    List<FlvTag> tags = FlvTags.read(SAMPLE);
    int half = tags.size() / 2;
    record(
        Script.flv().tags(tags.subList(0, half)).reset(),
        Script.flv().tags(tags).fin(),
        Script.status(404));
    recorded().assertHolds(FlvTags.frames(SAMPLE));
    assertEquals(0, recorded().coverage().get("gaps").size());
  }

  @Test
  void goesOnAfterARestartWithoutHoleOrRepeat() {
    Broadcast broadcast =
        Broadcast.of(FlvSamples.avcAac(Duration.ofSeconds(40), 25, Duration.ofSeconds(40), 200));
    try (LiveSource source = LiveSource.start()) {
      source.on(PATH, Script.live(broadcast.onAir()));
      for (int run = 1; run <= 3; run++) {
        try (Recorder recorder = recorder(SqliteLedger.open(dir.resolve("ledger.db")))) {
          RecordAnswer answer = recorder.start(source.uri(PATH));
          Await.until(
              Recorder.LIMIT, "more is recorded", () -> recorded().framesInParts().size() > 68);
          recorder.shutDown();
          assertEquals(EndCause.SHUTDOWN, recorder.awaitEnd(answer).cause());
        }
      }
      assertEquals(3, recorded().media().size());
      recorded().assertHoldsBeginning(source.framesOnce(PATH), 200);
      assertEquals(0, recorded().coverage().get("gaps").size(), "" + recorded().coverage());
    }
  }

  @Test
  void aPlayerJumpsByTheIndexAtTheEnd() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    byte[] bytes = Files.readAllBytes(recorded().media().get(0));
    int size = java.nio.ByteBuffer.wrap(bytes).getInt(bytes.length - 4);
    assertEquals("mfra", new String(bytes, bytes.length - size + 4, 4));
  }

  @Test
  void aFinishedFileIsMadePlainInItsPlace() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    for (Path file : recorded().media()) {
      long size = Files.size(file);
      List<Frame> frames = FlvTags.frames(Recorded.tags(file));
      Map<String, Long> counts = Media.packetCounts(file);
      assertEquals("ftyp free moov uuid moof mdat", boxes(file, 6));
      assertEquals(PlainMp4.Outcome.DIFFERS, plain(file, 1));
      assertEquals("ftyp free moov uuid moof mdat", boxes(file, 6));

      assertEquals(PlainMp4.Outcome.DONE, plain(file, 0));

      assertEquals("ftyp moov free mdat", boxes(file, 6));
      assertEquals(size, Files.size(file));
      assertEquals(counts, Media.packetCounts(file));
      assertEquals("", Media.decodeErrors(file));
      FlvTags.assertSameFrames(frames, FlvTags.frames(Recorded.tags(file)));
      assertEquals(PlainMp4.Outcome.WAS_PLAIN, plain(file, 0));
    }
    recorded().assertHolds(FlvTags.frames(SAMPLE));
  }

  /** Killed between the two writes: still what it was, and the next start makes it plain. */
  @Test
  void whatWasInterruptedIsDoneAgain() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    Path file = recorded().media().get(0);
    byte[] fragments = Files.readAllBytes(file);
    assertEquals(PlainMp4.Outcome.DONE, plain(file, 0));
    byte[] plain = Files.readAllBytes(file);
    int room = ByteBuffer.wrap(fragments).getInt(0);
    byte[] between = plain.clone();
    System.arraycopy(fragments, room, between, room, 8);
    Files.write(file, between);
    assertEquals("ftyp free moov uuid moof mdat", boxes(file, 6));
    assertEquals("", Media.decodeErrors(file));
    assertEquals(PlainMp4.Outcome.DONE, plain(file, 0));
    assertArrayEquals(plain, Files.readAllBytes(file));
  }

  @Test
  void aFileWithoutRoomStaysAsItIs() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    Path file = recorded().media().get(0);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int small = 200;
    int room = in.getInt(in.getInt(0));
    // The rest of the room as a box of its own, so that the room is one of 200 bytes.
    in.putInt(in.getInt(0), small);
    in.putInt(in.getInt(0) + small, room - small).putInt(in.getInt(0) + small + 4, 0x66726565);
    Files.write(file, bytes);
    assertEquals(PlainMp4.Outcome.NO_ROOM, plain(file, 0));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  private static PlainMp4.Outcome plain(Path file, int missing) throws IOException {
    List<Frame> frames = FlvTags.frames(Recorded.tags(file));
    long pictures = frames.stream().filter(f -> f.track() == Frame.Track.VIDEO).count();
    return PlainMp4.make(file, pictures + missing, frames.size() - pictures);
  }

  private static String boxes(Path file, int most) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> names = new ArrayList<>();
    for (long at = 0; at < in.limit() && names.size() < most; ) {
      names.add(new String(in.array(), (int) at + 4, 4, StandardCharsets.US_ASCII));
      long size = in.getInt((int) at);
      at += size == 1 ? in.getLong((int) at + 8) : size;
    }
    return String.join(" ", names);
  }

  /** As a power cut leaves it: up to anywhere, or with zeros where data was to be. */
  @Test
  void aPartThatIsCutAnywherePlaysAndIsFinished() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    byte[] whole = Files.readAllBytes(recorded().media().get(0));
    List<Frame> frames = FlvTags.frames(Recorded.tags(recorded().media().get(0)));
    int firstPieceEnds;
    try (FileChannel channel = FileChannel.open(recorded().media().get(0))) {
      FrameLists lists = new FrameLists(channel);
      firstPieceEnds = (int) lists.at(lists.firstAt()).orElseThrow().next();
    }
    long seed = Seeds.of("a part that is cut anywhere");
    Random random = new Random(seed);
    try (Ledger ledger = SqliteLedger.inMemory()) {
      for (int i = 0; i < 25; i++) {
        int cut = i == 0 ? whole.length : random.nextInt(whole.length);
        byte[] left = Arrays.copyOf(whole, cut);
        int zeros = i % 3 == 1 ? Math.min(cut, 70_000) : 0;
        Arrays.fill(left, cut - zeros, cut, (byte) 0);
        String what = "seed " + seed + " cut at " + cut + " with " + zeros + " zeros";
        boolean kept = assertFinished(ledger, left, frames, what);
        assertEquals(cut - zeros >= firstPieceEnds, kept, what);
      }
    }
  }

  /** Whatever stands in it: it is finished or dropped, and nothing else happens. */
  @Test
  void aDamagedPartIsFinishedOrDropped() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    byte[] whole = Files.readAllBytes(recorded().media().get(0));
    long seed = Seeds.of("a damaged part");
    Random random = new Random(seed);
    Path root = Files.createDirectories(dir.resolve("damaged"));
    try (Ledger ledger = SqliteLedger.inMemory()) {
      for (int i = 0; i < Seeds.tries(300); i++) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
          // Half of them in front, where lengths and lists stand closer together.
          int at = random.nextInt(flips % 2 == 0 ? damaged.length : 80_000);
          damaged[at] = (byte) random.nextInt(256);
        }
        long recording = LedgerRows.recording(ledger);
        SegmentRow row = LedgerRows.open(ledger, recording, root, "damaged.mp4");
        Files.write(row.partPath(), damaged);
        List<SegmentRow> closed = new Recovery(ledger, any -> List.of()).finishAll();
        assertFalse(Files.exists(row.partPath()), "seed " + seed + " try " + i);
        for (SegmentRow file : closed) {
          PlainMp4.make(file.path(), file.videoFrames(), file.audioFrames());
          Files.delete(file.path());
        }
      }
    }
  }

  private boolean assertFinished(Ledger ledger, byte[] left, List<Frame> frames, String what)
      throws IOException {
    Path root = Files.createDirectories(dir.resolve("left"));
    long recording = LedgerRows.recording(ledger);
    SegmentRow row = LedgerRows.open(ledger, recording, root, "left.mp4");
    Files.write(row.partPath(), left);
    List<SegmentRow> closed = new Recovery(ledger, any -> List.of()).finishAll();
    assertFalse(Files.exists(row.partPath()), what);
    if (closed.isEmpty()) {
      return false;
    }
    Path file = closed.get(0).path();
    List<Frame> found = FlvTags.frames(Recorded.tags(file));
    assertEquals("", Media.decodeErrors(file), what);
    assertEquals(found.size(), closed.get(0).videoFrames() + closed.get(0).audioFrames(), what);
    for (Frame.Track track : Frame.Track.values()) {
      List<Frame> own = of(track, found);
      FlvTags.assertSameFrames(of(track, frames).subList(0, own.size()), own);
    }
    Files.delete(file);
    return true;
  }

  private static List<Frame> of(Frame.Track track, List<Frame> frames) {
    return frames.stream()
        .filter(frame -> frame.track() == track)
        .sorted(Comparator.comparingLong(Frame::timestamp))
        .toList();
  }
}
