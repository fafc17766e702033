package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one stream keeps in memory, however long its groups of pictures are. */
class FlvMemoryTest {
  private static final long MOST = 2 * 1024 * 1024;
  private static final int CHUNK = 64 * 1024;
  private static final int PICTURE = 33_000;
  private static final int SOUND = 370;
  private static final long GOP_MS = 60_000;

  /** Counts and keeps nothing. */
  private static final class Nothing implements SegmentSink {
    private long frames;

    @Override
    public void open(long startMs, CodecConfig video, CodecConfig audio) {}

    @Override
    public void write(dev.sluice.media.flv.FlvTag tag, long timeMs) {
      frames++;
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close(SegmentEnd end) {}

    @Override
    public void gap(long atMs, long durationMs, String cause) {}
  }

  private final Random random = new Random(5);
  private final byte[] pending = new byte[CHUNK];
  private int filled;
  private long now;

  @Test
  void oneStreamKeepsLittle() throws FlvException {
    List<FlvTag> head =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(1))).stream()
            .filter(tag -> !tag.isMedia())
            .toList();
    Nothing sink = new Nothing();
    long before = used();
    FlvRecording recording = new FlvRecording(sink, () -> {});
    recording.legStarted(0);
    send(recording, FlvTags.header(true, true));
    for (FlvTag tag : head) {
      send(recording, tag.toBytes());
    }
    long most = 0;
    for (int i = 0; i < 30 * 150; i++) {
      long at = i * 1000L / 30;
      now = at;
      boolean key = at % GOP_MS < 34;
      send(recording, media(FlvTag.VIDEO, at, PICTURE, key ? 0x17 : 0x27).toBytes());
      send(recording, media(FlvTag.AUDIO, at, SOUND, 0xAF).toBytes());
      if (i % 450 == 449) {
        most = Math.max(most, used() - before);
      }
    }
    assertTrue(sink.frames > 8000, sink.frames + " frames");
    assertTrue(most < MOST, most + " bytes are kept");
  }

  private FlvTag media(int type, long at, int size, int first) {
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    payload[0] = (byte) first;
    payload[1] = 1;
    return new FlvTag(type, at, payload);
  }

  /** In the pieces in which a socket gives it, each an array of its own. */
  private void send(FlvRecording recording, byte[] bytes) throws FlvException {
    int at = 0;
    while (at < bytes.length) {
      int n = Math.min(bytes.length - at, CHUNK - filled);
      System.arraycopy(bytes, at, pending, filled, n);
      at += n;
      filled += n;
      if (filled == CHUNK) {
        filled = 0;
        recording.accept(ByteBuffer.wrap(Arrays.copyOf(pending, CHUNK)), now);
      }
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
