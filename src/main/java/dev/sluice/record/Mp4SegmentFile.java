package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.Mp4Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MP4 in fragments being written. At most half a second waits for its piece to be whole: that
 * is what a killed process loses of it.
 */
final class Mp4SegmentFile implements SegmentFile {
  private static final Logger LOG = LoggerFactory.getLogger(Mp4SegmentFile.class);
  private static final long PATCH_EVERY_MS = 2000;

  private final SegmentChannel channel;
  private final Mp4Writer writer;
  private long lastMs;
  private long patchedMs;
  private boolean told;

  Mp4SegmentFile(SegmentChannel channel, CodecConfig video, CodecConfig audio, int room) {
    this.channel = channel;
    this.writer = new Mp4Writer(video, audio, room, this::put);
  }

  private void put(ByteBuffer bytes) {
    try {
      channel.put(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return writer.size();
  }

  @Override
  public void write(FlvTag tag, long timeMs) {
    lastMs = Math.max(lastMs, timeMs);
    if (!writer.add(tag, timeMs) && !told) {
      told = true;
      LOG.warn("frames of which the source says no settings are left out: MP4 cannot hold them");
    }
  }

  @Override
  public void flush() throws IOException {
    channel.flush();
    if (lastMs - patchedMs >= PATCH_EVERY_MS) {
      patchDuration();
    }
  }

  private void patchDuration() throws IOException {
    patchedMs = lastMs;
    if (writer.durationAt() >= 0) {
      channel.patch(duration(lastMs), writer.durationAt());
    }
  }

  /** As the front of the file has it. */
  static ByteBuffer duration(long ms) {
    return ByteBuffer.allocate(4).putInt((int) Math.min(ms, 0xFFFFFFFFL)).flip();
  }

  @Override
  public void seal() throws IOException {
    try {
      writer.end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    flush();
    patchDuration();
    channel.seal();
  }

  @Override
  public void force() {
    channel.force();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
