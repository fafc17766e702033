package dev.sluice.media.flv;

import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Feeds connections to an {@link FlvRecording} under a clock of its own. */
final class RecordingBench {
  private static final Comparator<Frame> BY_TIME =
      Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track);

  final CollectingSink sink = new CollectingSink();
  final FlvRecording recording;
  int firstMedia;
  private long clock = 5_000_000;
  private boolean live = true;
  private boolean[] announced;

  RecordingBench() {
    recording = new FlvRecording(sink, () -> firstMedia++);
  }

  /** Everything arrives at once, as from a file, in place of with its time. */
  RecordingBench atOnce() {
    live = false;
    return this;
  }

  /** The header's flags of the next connections, whatever tracks occur. */
  RecordingBench announcing(boolean audio, boolean video) {
    announced = new boolean[] {audio, video};
    return this;
  }

  RecordingBench waiting(long millis) {
    clock += millis;
    return this;
  }

  /** One connection that sends these tags and ends. */
  RecordingBench leg(List<FlvTag> tags) {
    begin(tags);
    send(tags);
    return end();
  }

  RecordingBench begin(List<FlvTag> tags) {
    boolean audio = announced != null ? announced[0] : tags.stream().anyMatch(FlvTag::isAudio);
    boolean video = announced != null ? announced[1] : tags.stream().anyMatch(FlvTag::isVideo);
    recording.legStarted(clock);
    return bytes(FlvTags.header(audio, video));
  }

  RecordingBench send(List<FlvTag> tags) {
    long newest = -1;
    for (FlvTag tag : tags) {
      if (live && tag.isMedia()) {
        int step = newest < 0 ? 0 : (int) (tag.timestamp() - newest);
        clock += step > 0 && step < 5000 ? step : 0;
        newest = newest < 0 || step > 0 || step < -5000 ? tag.timestamp() : newest;
      }
      bytes(tag.toBytes());
    }
    return this;
  }

  RecordingBench bytes(byte[] bytes) {
    try {
      recording.accept(ByteBuffer.wrap(bytes), clock);
    } catch (FlvException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  RecordingBench end() {
    recording.legEnded("connection lost");
    return this;
  }

  /** Finishes, to go on with what was written. */
  RecordingBench finished() {
    finish();
    return this;
  }

  CollectingSink finish() {
    recording.finish();
    return sink;
  }

  /** The same in the order of time: where a connection ended, what was held went out before. */
  List<Frame> writtenByTime() {
    List<Frame> frames = new ArrayList<>(written());
    frames.sort(BY_TIME);
    return frames;
  }

  /** What was written, its times counted on the joined time line. */
  List<Frame> written() {
    return sink.frames.stream()
        .map(f -> new Frame(Frame.Track.valueOf(f.track().name()), f.at(), f.hash(), f.key()))
        .toList();
  }

  /** These tags as they should be written: from time 0 on, in the order of time. */
  static List<Frame> expected(List<FlvTag> tags) {
    return expected(tags, 0);
  }

  /** The same, where the first of these frames is to stand at this joined time. */
  static List<Frame> expected(List<FlvTag> tags, long firstAt) {
    List<Frame> frames = timed(tags, firstAt);
    // Sound of an earlier time than the first picture's, sent after it, begins the time line.
    long shift = Math.max(0, -frames.get(0).timestamp());
    frames.replaceAll(f -> moved(f, f.timestamp() + shift));
    return frames;
  }

  /** The same where sound was written alone first: what is earlier stands at the beginning. */
  static List<Frame> expectedAfterSound(List<FlvTag> tags) {
    List<Frame> frames = timed(tags, 0);
    long[] next = new long[2];
    frames.replaceAll(
        f -> {
          int t = f.track().ordinal();
          long at = Math.max(next[t], f.timestamp());
          next[t] = at + 1;
          return moved(f, at);
        });
    frames.sort(BY_TIME);
    return frames;
  }

  private static List<Frame> timed(List<FlvTag> tags, long firstAt) {
    List<Frame> frames = new ArrayList<>();
    long base = tags.get(0).timestamp();
    for (FlvTag tag : tags) {
      frames.add(moved(Frame.of(tag), firstAt + (int) (tag.timestamp() - base)));
    }
    frames.sort(BY_TIME);
    return frames;
  }

  private static Frame moved(Frame frame, long at) {
    return new Frame(frame.track(), at, frame.payloadHash(), frame.key());
  }

  /** Finishes, and holds what was written against these frames. */
  CollectingSink mustBe(List<Frame> frames) {
    finish();
    FlvTags.assertSameFrames(frames, written());
    return sink;
  }
}
