package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.testing.FaultScript;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import dev.sluice.testing.LiveSource;
import dev.sluice.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One scripted source and the real recorder: records what it sends, then compares every frame. */
final class AnomalyBench implements AutoCloseable {
  static final String PATH = "/live.flv";
  private static final int FRAME_MS = 45;
  private static final int FILE_HEADER = 13;
  private static final Comparator<Frame> BY_TIME =
      Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track);

  final LiveSource source = LiveSource.start();
  final Recorder recorder;

  AnomalyBench(Path root) {
    recorder = new Recorder(root);
    // When the source says that it is over, it is; but a slow machine is no reason.
    recorder.grace = Duration.ofMillis(100);
    recorder.stall = Duration.ofSeconds(30);
  }

  /** Records one connection after the other, until the source answers 404. */
  void record(Script... connections) {
    source.on(PATH, withEnd(connections));
    RecordAnswer answer = recorder.start(source.uri(PATH));
    assertEquals(Outcome.STARTED, answer.outcome(), answer.toString());
    assertEquals(EndCause.OVER, recorder.awaitEnd(answer).cause());
    assertEquals(List.of(), source.failures());
  }

  void record(FaultScript... connections) {
    record(Stream.of(connections).map(FaultScript::script).toArray(Script[]::new));
  }

  static Script[] withEnd(Script... connections) {
    List<Script> inTurn = new ArrayList<>(List.of(connections));
    inTurn.add(Script.status(404));
    return inTurn.toArray(Script[]::new);
  }

  /** How many connections brought more than a refusal. */
  long mediaConnections() {
    return source.connections(PATH).stream().filter(one -> one.bytesSent() > 100).count();
  }

  /**
   * The files hold exactly these frames (track, payload, time in the file), each track in the order
   * of strictly rising times.
   */
  @SafeVarargs
  final void assertFiles(List<Frame>... expected) {
    List<Path> files = recorder.files();
    assertEquals(expected.length, files.size(), "files: " + files);
    for (int i = 0; i < files.size(); i++) {
      List<Frame> written = FlvTags.frames(files.get(i));
      for (Frame.Track track : Frame.Track.values()) {
        assertRising(files.get(i), written.stream().filter(f -> f.track() == track).toList());
      }
      FlvTags.assertSameFrames(byTime(expected[i]), byTime(written));
    }
  }

  private static void assertRising(Path file, List<Frame> track) {
    for (int i = 1; i < track.size(); i++) {
      long before = track.get(i - 1).timestamp();
      long at = track.get(i).timestamp();
      assertTrue(at > before, file + ": " + track.get(i) + " follows " + before + " ms");
    }
  }

  /** What stands in front of the frames of a file. */
  List<FlvTag> opening(int file) {
    List<FlvTag> tags = FlvTags.read(recorder.files().get(file));
    return tags.stream().takeWhile(tag -> !tag.isMedia()).toList();
  }

  /** Everything behind the opening of every file is a frame. */
  void assertOnlyFramesFollow() {
    for (Path file : recorder.files()) {
      List<FlvTag> tags = FlvTags.read(file).stream().dropWhile(tag -> !tag.isMedia()).toList();
      assertEquals(List.of(), tags.stream().filter(tag -> !tag.isMedia()).toList());
    }
  }

  JsonNode gaps() {
    return recorder.coverage().get("gaps");
  }

  void assertNoGap() {
    assertEquals("[]", gaps().toString());
  }

  /** There is one gap, there and so long; either may be off by a frame's length. */
  void assertGap(long startMs, long durationMs) {
    JsonNode gaps = gaps();
    assertEquals(1, gaps.size(), gaps.toString());
    assertEquals(startMs, gaps.get(0).get("at_ms").asLong(), FRAME_MS, gaps.toString());
    assertEquals(durationMs, gaps.get(0).get("duration_ms").asLong(), FRAME_MS, gaps.toString());
  }

  long dropped() {
    return recorder.coverage().at("/duplicates_dropped/frames").asLong();
  }

  /** The bytes of a stream up to before its last tag, its file header included. */
  static int beforeLastTag(List<FlvTag> tags) {
    int size = FILE_HEADER;
    for (FlvTag tag : tags.subList(0, tags.size() - 1)) {
      size += tag.toBytes().length;
    }
    return size;
  }

  // What is expected

  /**
   * The frames of these tags as one file of ours: from the first key frame on, whose time is 0;
   * sound of before it is not part of it.
   */
  static List<Frame> line(List<FlvTag> tags) {
    List<Frame> frames = FlvTags.frames(tags);
    long base = FlvTags.fromFirstKeyFrame(frames).get(0).timestamp();
    List<Frame> kept =
        FlvTags.fromFirstKeyFrame(frames).stream().filter(f -> f.timestamp() >= base).toList();
    return moved(kept, f -> true, -base);
  }

  /** The same frames with the times of some moved. */
  static List<Frame> moved(List<Frame> frames, Predicate<Frame> which, long byMs) {
    return frames.stream().map(f -> which.test(f) ? at(f, f.timestamp() + byMs) : f).toList();
  }

  static Predicate<Frame> since(long ms) {
    return frame -> frame.timestamp() >= ms;
  }

  static Frame at(Frame frame, long time) {
    return new Frame(frame.track(), time, frame.payloadHash(), frame.key());
  }

  static List<Frame> byTime(List<Frame> frames) {
    return frames.stream().sorted(BY_TIME).toList();
  }

  static List<Frame> joined(List<Frame> one, List<Frame> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  @Override
  public void close() {
    recorder.close();
    source.close();
  }
}
