package dev.sluice.record;

import java.util.function.IntConsumer;

/**
 * How many bytes of a stream the kernel gathers before it wakes us: about a quarter second's worth.
 * A stream that is slow, new or silent is read as it comes. For one thread.
 */
final class Pace {
  private static final int MOST = 256 * 1024;
  private static final int LEAST = 32 * 1024;
  private static final int PARTS_OF_SECOND = 4;

  private final IntConsumer kernel;
  private long before;
  private int seconds;
  private int now = 1;

  /**
   * @param kernel takes how many bytes to gather; 1 for none
   */
  Pace(IntConsumer kernel) {
    this.kernel = kernel;
  }

  /**
   * Another second has passed.
   *
   * @param received bytes since the connection was made
   */
  void second(long received) {
    long came = received - before;
    before = received;
    seconds = came == 0 ? 0 : seconds + 1;
    long share = Math.min(MOST, came / PARTS_OF_SECOND);
    int wanted = seconds < 2 || share < LEAST ? 1 : (int) share;
    boolean differs = Math.abs(wanted - now) > now / 4;
    if (differs) {
      now = wanted;
      kernel.accept(wanted);
    }
  }
}
