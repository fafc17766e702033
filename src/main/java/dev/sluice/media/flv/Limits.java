package dev.sluice.media.flv;

/**
 * When a file is full.
 *
 * @param everyMs length in milliseconds; Long.MAX_VALUE for no limit
 * @param bytes size of the file; Long.MAX_VALUE for no limit
 */
public record Limits(long everyMs, long bytes) {
  /** One file for everything. */
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);

  public Limits {
    if (everyMs <= 0 || bytes <= 0) {
      throw new IllegalArgumentException("limits must be above zero: " + everyMs + ", " + bytes);
    }
  }
}
