package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

  /** As a power cut leaves it: up to anywhere, or with zeros where data was to be. */
  @Test
  void aPartThatIsCutAnywherePlaysAndIsFinished() throws IOException {
    record(Script.flv().tags(FlvTags.read(SAMPLE)).fin(), Script.status(404));
    byte[] whole = Files.readAllBytes(recorded().media().get(0));
    List<Frame> frames = FlvTags.frames(Recorded.tags(recorded().media().get(0)));
    long seed = Seeds.of("a part that is cut anywhere");
    Random random = new Random(seed);
    try (Ledger ledger = SqliteLedger.inMemory()) {
      for (int i = 0; i < 25; i++) {
        int cut = i == 0 ? whole.length : random.nextInt(whole.length);
        byte[] left = Arrays.copyOf(whole, cut);
        if (i % 3 == 1) {
          Arrays.fill(left, Math.max(0, cut - 70_000), cut, (byte) 0);
        }
        assertFinished(ledger, left, frames, "seed " + seed + " cut at " + cut);
      }
    }
  }

  private void assertFinished(Ledger ledger, byte[] left, List<Frame> frames, String what)
      throws IOException {
    Path root = Files.createDirectories(dir.resolve("left"));
    long recording = LedgerRows.recording(ledger);
    SegmentRow row = LedgerRows.open(ledger, recording, root, "left.mp4");
    Files.write(row.partPath(), left);
    List<SegmentRow> closed = new Recovery(ledger, any -> List.of()).finishAll();
    assertFalse(Files.exists(row.partPath()), what);
    if (closed.isEmpty()) {
      // less than the first piece, half a second
      assertTrue(left.length < 150_000, what);
      return;
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
  }

  private static List<Frame> of(Frame.Track track, List<Frame> frames) {
    return frames.stream()
        .filter(frame -> frame.track() == track)
        .sorted(Comparator.comparingLong(Frame::timestamp))
        .toList();
  }
}
