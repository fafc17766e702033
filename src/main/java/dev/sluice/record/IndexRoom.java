package dev.sluice.record;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a file keeps free in front for its index: enough, but little for small files.
 *
 * @param entries key frames of FLV's index (flv.md §4.1)
 * @param bytes for the tables of MP4, which name every frame
 */
record IndexRoom(int entries, int bytes) {
  private static final int FEWEST = 64;
  private static final int MOST = 6632;
  private static final long SPACING_MS = 1900;
  private static final int ENTRY_BYTES = 18;
  private static final int SHARE_OF_FILE = 100;

  /** 60 pictures and 47 pieces of sound, with uneven steps and pictures out of order. */
  private static final long BYTES_A_SECOND = 1600;

  private static final int FEWEST_BYTES = 64 * 1024;

  /** About three hours of 30 pictures a second. */
  private static final int MOST_BYTES = 10 * 1024 * 1024;

  /**
   * @param every length limit of the file
   * @param size size limit of the file
   */
  static IndexRoom of(Optional<Duration> every, Optional<Long> size) {
    long byTime = every.map(limit -> limit.toMillis() / SPACING_MS + 2).orElse((long) MOST);
    long bySize = size.map(limit -> limit / SHARE_OF_FILE / ENTRY_BYTES).orElse((long) MOST);
    int entries = (int) Math.max(FEWEST, Math.min(MOST, Math.min(byTime, bySize)));
    long time = every.map(limit -> limit.toSeconds() * BYTES_A_SECOND).orElse((long) MOST_BYTES);
    long share = size.map(limit -> limit / SHARE_OF_FILE).orElse((long) MOST_BYTES);
    long bytes = Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, Math.min(time, share)));
    return new IndexRoom(entries, (int) bytes);
  }
}
