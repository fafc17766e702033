package dev.sluice.media.flv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.media.mp4.Mp4Fragments;
import dev.sluice.media.mp4.Mp4Tracks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes of any kind as a connection: no exception but the declared one, and what is written keeps
 * its promises. Not among the other tests: by its name it runs on the corpus, and with
 * JAZZER_FUZZ=1 it looks for new inputs, too.
 */
class FlvFuzzTest {
  private static final int MP4_PIECE = 10_000;

  @FuzzTest(maxDuration = "60s")
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void whateverComesIsTakenOrRefused(byte[] data) {
    if (data.length < 2) {
      return;
    }
    int size = 1 + (data[0] & 0xFF) * (data[0] & 0xFF);
    Checking sink = new Checking();
    FlvRecording recording = new FlvRecording(sink, () -> {});
    recording.limits(new Limits(1 + (data[1] & 0xFF) * 100L, Long.MAX_VALUE));
    recording.legStarted(0);
    long now = 0;
    try {
      for (int at = 2; at < data.length; at += size) {
        int end = Math.min(data.length, at + size);
        now += 40;
        recording.accept(ByteBuffer.wrap(Arrays.copyOfRange(data, at, end)), now);
      }
    } catch (FlvException e) {
      // said as it should be
    }
    recording.legEnded("end");
    recording.finish();
    KeyFrameIndex.decode(data);
    AmfReader.values(data);
  }

  /** Makes of each file what is made of real ones, and holds the times to their promise. */
  private static final class Checking implements SegmentSink {
    private final long[] last = {-1, -1};
    private Mp4Fragments fragments;
    private FlvMeasure measure;
    private boolean open;
    private long size;

    @Override
    public void open(long startMs, CodecConfig video, CodecConfig audio) {
      check(!open, "one file at a time");
      open = true;
      Arrays.fill(last, -1);
      Mp4Tracks tracks = new Mp4Tracks(Optional.ofNullable(video), Optional.ofNullable(audio));
      tracks.init();
      tracks.codecs();
      size = new FlvHead(video, audio, new KeyFrameIndex(2)).size();
      measure = new FlvMeasure(video);
      fragments = new Mp4Fragments(startMs, MP4_PIECE);
    }

    @Override
    public void write(FlvTag tag, long timeMs) {
      int track = Track.of(tag).ordinal();
      check(open && timeMs > last[track], "times of a track rise");
      last[track] = timeMs;
      measure.add(tag, timeMs, size);
      fragments.add(new FlvTag(tag.type(), timeMs, tag.pieces()));
      while (fragments.isFull()) {
        fragments.take();
      }
      size += tag.fileSize();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void close(SegmentEnd end) {
      check(open && end.endMs() >= end.startMs(), "a file ends after it began");
      open = false;
      measure.encode(size);
      fragments.end(-1);
      while (!fragments.isEmpty()) {
        fragments.take();
      }
    }

    @Override
    public void gap(long atMs, long durationMs, String cause) {
      check(durationMs > 0 && cause != null, "a gap has a length and a cause");
    }

    private static void check(boolean holds, String what) {
      if (!holds) {
        throw new AssertionError(what);
      }
    }
  }
}
