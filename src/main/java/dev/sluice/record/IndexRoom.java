package dev.sluice.record;

import java.time.Duration;
import java.util.Optional;

/**
 * How many key frames a file's index has room for (flv.md §4.1): enough, but little for small
 * files.
 */
final class IndexRoom {
  private static final int FEWEST = 64;
  private static final int MOST = 6632;
  private static final long SPACING_MS = 1900;
  private static final int ENTRY_BYTES = 18;
  private static final int SHARE_OF_FILE = 100;

  private IndexRoom() {}

  /**
   * @param every length limit of the file
   * @param size size limit of the file
   */
  static int entries(Optional<Duration> every, Optional<Long> size) {
    long byTime = every.map(limit -> limit.toMillis() / SPACING_MS + 2).orElse((long) MOST);
    long bySize = size.map(limit -> limit / SHARE_OF_FILE / ENTRY_BYTES).orElse((long) MOST);
    return (int) Math.max(FEWEST, Math.min(MOST, Math.min(byTime, bySize)));
  }
}
