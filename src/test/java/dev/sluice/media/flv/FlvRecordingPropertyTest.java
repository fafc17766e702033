package dev.sluice.media.flv;

import static dev.sluice.media.flv.SyntheticStream.gopStart;
import static dev.sluice.media.flv.SyntheticStream.leg;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.CollectingSink.Gap;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import dev.sluice.testing.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random broadcasts in random connections; what is printed on failure repeats it. */
class FlvRecordingPropertyTest {
  private static final int TRIES = 250;

  /** One run: a broadcast, the places it was cut at, and what of it was sent. */
  private static final class Run {
    final Random random;
    final List<FlvTag> frames;
    final TreeSet<Integer> wanted = new TreeSet<>();
    final CollectingSink sink = new CollectingSink();
    final FlvRecording recording = new FlvRecording(sink, () -> {});
    final boolean video;
    final long gopMs;
    long clock;

    /** The first connection that brought anything broke off before its first picture. */
    boolean soundFirst;

    /** By how much files may overlap: sound that first came inside a GOP waits for the next one. */
    long overlap = 60;

    Run(long seed, int tracks) {
      random = new Random(seed);
      video = tracks != 1;
      int pictures = 100 + random.nextInt(500);
      int gop = 1 + random.nextInt(80);
      int videoStep = 20 + random.nextInt(50);
      gopMs = (long) gop * videoStep;
      SyntheticStream stream =
          SyntheticStream.make()
              .seed(seed)
              .pictures(pictures)
              .gop(gop)
              .videoStep(videoStep)
              .audioAhead(tracks == 0 ? random.nextInt(150) : 0)
              .startingAt(random.nextBoolean() ? random.nextLong() : -random.nextInt(20_000));
      if (tracks == 1) {
        stream.withoutVideo();
      } else if (tracks == 2) {
        stream.withoutAudio();
      }
      frames = stream.frames();
      // Tracks that are sent apart are put in order only as far as a connection goes: no cuts
      // there.
      if (tracks != 0 && random.nextBoolean()) {
        recording.limits(new Limits(1 + random.nextInt(8000), 500 + random.nextInt(50_000)));
      }
    }

    /** Sends frames from one to the other, in pieces, and breaks off inside the next tag. */
    void connect(int from, int until) throws FlvException {
      boolean nothingYet = recording.newFrames() == 0;
      recording.legStarted(clock);
      byte[] bytes = FlvTags.toBytes(leg(frames.subList(from, until)));
      int at = 0;
      while (at < bytes.length) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 20 : 4000));
        recording.accept(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end)), clock);
        at = end;
      }
      if (until < frames.size()) {
        byte[] next = frames.get(until).toBytes();
        recording.accept(ByteBuffer.wrap(next, 0, random.nextInt(next.length)), clock);
      }
      recording.legEnded("connection lost");
      if (nothingYet && recording.newFrames() > 0) {
        List<FlvTag> came = frames.subList(from, until);
        soundFirst = came.stream().noneMatch(FlvTag::isVideo);
        overlap = soundFirst || came.stream().noneMatch(FlvTag::isAudio) ? gopMs + 300 : 60;
      }
    }

    /** Source time of this frame since the broadcast's beginning. */
    long time(int n) {
      return (int) (frames.get(n).timestamp() - frames.get(0).timestamp());
    }

    List<Frame> written() {
      List<Frame> all = new ArrayList<>();
      for (CollectingSink.Written f : sink.frames) {
        all.add(new Frame(Frame.Track.valueOf(f.track().name()), f.at(), f.hash(), f.key()));
      }
      all.sort(Comparator.comparingLong(Frame::timestamp).thenComparing(Frame::track));
      return all;
    }

    /** Frames with these numbers, from the first key frame's time on unless sound came alone. */
    List<Frame> expected() {
      int key = wanted.stream().filter(n -> frames.get(n).isKeyFrame()).findFirst().orElse(-1);
      int first = soundFirst || !video ? wanted.first() : key;
      List<FlvTag> tags = new ArrayList<>(List.of(frames.get(first)));
      for (int n : wanted) {
        boolean use = frames.get(n).isAudio() || n >= key;
        if (n != first && use && (n > first || time(n) >= time(first))) {
          tags.add(frames.get(n));
        }
      }
      return soundFirst ? RecordingBench.expectedAfterSound(tags) : RecordingBench.expected(tags);
    }

    private List<String> ends() {
      return sink.ends.stream().map(e -> e.startMs() + "-" + e.endMs()).toList();
    }

    void check() {
      recording.finish();
      FlvTags.assertSameFrames(expected(), written());
      long gaps = sink.gaps.stream().mapToLong(Gap::durationMs).sum();
      long covered = 0;
      long end = 0;
      for (SegmentSink.SegmentEnd each : sink.ends) {
        assertTrue(each.startMs() >= end - overlap, "files overlap: " + ends());
        covered += each.endMs() - each.startMs();
        end = each.endMs();
      }
      long betweenFiles = end - covered;
      assertEquals(recording.durationMs(), end, "the time line ends with the last file");
      assertTrue(betweenFiles <= gaps + 60, betweenFiles + " ms between files, gaps " + gaps);
    }
  }

  /** Every connection begins at or before the place where the last one broke. */
  @Property(tries = TRIES)
  void nothingIsLostAndNothingIsTwice(@ForAll long seed, @ForAll @IntRange(max = 2) int tracks)
      throws FlvException {
    Run run = new Run(seed, tracks);
    int from = run.random.nextInt(run.frames.size() / 2);
    int until = from;
    while (until < run.frames.size()) {
      int next = Math.min(run.frames.size(), until + run.random.nextInt(200));
      int joinAt = run.random.nextInt(4) == 0 ? Math.max(0, until - 30) : until;
      int start = run.video ? gopStart(run.frames, joinAt) : Math.max(0, joinAt - 20);
      start = until == from ? from : Math.max(from, start);
      if (next > start) {
        run.connect(start, next);
        if (run.recording.newFrames() > 0) {
          until = Math.max(until, next);
        } else {
          from = next;
          until = next;
        }
      }
      run.clock += run.random.nextInt(900);
    }
    for (int n = from; n < run.frames.size(); n++) {
      run.wanted.add(n);
    }
    if (run.sink.frames.isEmpty()) {
      return;
    }
    run.check();
    assertEquals(List.of(), run.sink.gaps);
  }

  /** Connections that skip ahead: what is missing is said, to the millisecond of the source. */
  @Property(tries = TRIES)
  void whatIsMissingIsAGap(@ForAll long seed) throws FlvException {
    Run run = new Run(seed, 2);
    int until = 0;
    long missing = 0;
    while (until < run.frames.size()) {
      int start =
          gopStart(run.frames, Math.min(run.frames.size() - 1, until + run.random.nextInt(300)));
      // The first connection shows how long a frame is.
      int least = until == 0 ? 3 : 1;
      int next =
          Math.min(run.frames.size(), Math.max(start, until) + least + run.random.nextInt(200));
      run.clock += Math.max(0, run.time(Math.min(start, next - 1)));
      run.connect(start, next);
      if (start > until && until > 0) {
        long step = run.time(1) - run.time(0);
        long skipped = run.time(start) - run.time(until - 1) - step;
        missing += skipped > 60 ? skipped : 0;
      }
      for (int n = Math.max(start, until); n < next; n++) {
        run.wanted.add(n);
      }
      until = next;
    }
    run.check();
    long gaps = run.sink.gaps.stream().mapToLong(Gap::durationMs).sum();
    assertEquals(missing, gaps);
    for (Gap gap : run.sink.gaps) {
      boolean empty =
          run.sink.frames.stream().noneMatch(f -> f.at() >= gap.atMs() && f.at() < gap.endMs());
      assertTrue(empty, "a frame stands in " + gap);
    }
  }

  /** Bytes that were damaged on the way: an error or fewer frames, never another exception. */
  @Property(tries = TRIES)
  void damagedBytesDoNoHarm(@ForAll long seed) {
    Run run = new Run(seed, 0);
    byte[] bytes = FlvTags.toBytes(leg(run.frames));
    for (int i = 0; i < 20; i++) {
      bytes[13 + run.random.nextInt(bytes.length - 13)] = (byte) run.random.nextInt();
    }
    run.recording.legStarted(0);
    try {
      run.recording.accept(ByteBuffer.wrap(bytes), 0);
    } catch (FlvException e) {
      assertTrue(e.getMessage().length() < 200, e.getMessage());
    }
    run.recording.legEnded("broken");
    run.recording.finish();
    assertEquals(run.sink.opened.size(), run.sink.ends.size());
  }
}
