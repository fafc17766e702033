package dev.sluice.record;

/**
 * Knows a connection that brings next to nothing and nothing that can be written: a byte now and
 * then keeps it open for ever, and no silence is long enough to be noticed. For one thread.
 */
final class Trickle {
  private static final int FLOOR_BYTES = 2048;
  private static final long SECOND_MS = 1000;

  private long before;
  private long trickledMs;

  /**
   * Another second has passed.
   *
   * @param received bytes since the connection was made
   * @param grew whether anything of it was written
   * @return for how long it trickles, milliseconds
   */
  long second(long received, boolean grew) {
    boolean little = received - before < FLOOR_BYTES && !grew;
    before = received;
    trickledMs = little ? trickledMs + SECOND_MS : 0;
    return trickledMs;
  }
}
