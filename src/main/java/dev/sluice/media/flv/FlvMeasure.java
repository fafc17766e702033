package dev.sluice.media.flv;

import java.nio.ByteBuffer;

/**
 * What is measured of a file while it is written, and stands in its front as numbers of fixed
 * places: nothing of it is taken from what a publisher claims. Not thread-safe.
 */
public final class FlvMeasure {
  private static final double BITS_PER_BYTE_MS = 8.0;
  private static final long SHORTEST_FOR_RATE_MS = 1000;

  private final double saidRate;
  private long lastMs;
  private long keyMs;
  private long keyAt;
  private long firstVideoMs = -1;
  private long lastVideoMs;
  private long pictures;
  private long videoBytes;
  private long audioBytes;

  /**
   * @param video configuration of the pictures, null for none
   */
  public FlvMeasure(CodecConfig video) {
    saidRate = video == null ? 0 : Picture.of(video).map(Picture::framesPerSecond).orElse(0.0);
  }

  /**
   * A frame of the file.
   *
   * @param timeMs inside the file
   * @param position where its tag begins
   */
  public void add(FlvTag tag, long timeMs, long position) {
    lastMs = Math.max(lastMs, timeMs);
    if (tag.isVideo()) {
      firstVideoMs = firstVideoMs < 0 ? timeMs : firstVideoMs;
      lastVideoMs = timeMs;
      pictures++;
      videoBytes += tag.size();
    } else {
      audioBytes += tag.size();
    }
    if (tag.isKeyFrame()) {
      keyMs = timeMs;
      keyAt = position;
    }
  }

  /** Time of the newest frame inside the file, milliseconds. */
  public long lastMs() {
    return lastMs;
  }

  /**
   * Members of the metadata, always of the same size.
   *
   * @param fileSize bytes of the file
   */
  public ByteBuffer encode(long fileSize) {
    ByteBuffer to = ByteBuffer.allocate(512);
    put(to, "duration", lastMs / 1000.0);
    put(to, "filesize", fileSize);
    put(to, "lasttimestamp", lastMs / 1000.0);
    put(to, "lastkeyframetimestamp", keyMs / 1000.0);
    put(to, "lastkeyframelocation", keyAt);
    put(to, "framerate", framesPerSecond());
    put(to, "videodatarate", kilobits(videoBytes));
    put(to, "audiodatarate", kilobits(audioBytes));
    put(to, "videosize", videoBytes);
    put(to, "audiosize", audioBytes);
    return to.flip();
  }

  /** How many members {@link #encode} writes. */
  static int members() {
    return 10;
  }

  private double kilobits(long bytes) {
    return lastMs == 0 ? 0 : bytes * BITS_PER_BYTE_MS / lastMs;
  }

  private double framesPerSecond() {
    long length = lastVideoMs - Math.max(0, firstVideoMs);
    if (saidRate > 0 || length < SHORTEST_FOR_RATE_MS) {
      return saidRate;
    }
    return Math.round((pictures - 1) * 100_000.0 / length) / 100.0;
  }

  private static void put(ByteBuffer to, String key, double value) {
    Amf.key(to, key);
    Amf.number(to, value);
  }

  /** Whether these bytes have the members of {@link #encode}, whatever their values. */
  public static boolean fits(byte[] bytes, int at) {
    ByteBuffer wanted = new FlvMeasure(null).encode(0);
    if (at < 0 || at + wanted.remaining() > bytes.length) {
      return false;
    }
    int i = 0;
    while (i < wanted.limit()) {
      int key = 2 + wanted.getShort(i);
      for (int end = i + key + 1; i < end; i++) {
        if (bytes[at + i] != wanted.get(i)) {
          return false;
        }
      }
      i += Double.BYTES;
    }
    return true;
  }
}
