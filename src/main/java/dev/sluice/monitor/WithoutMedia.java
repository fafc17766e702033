package dev.sluice.monitor;

/**
 * Counts looks in a row that found nothing on the air: one alone does not prove that a broadcast is
 * over, for a source may be away for a moment.
 */
final class WithoutMedia {
  private int looks;
  private long since;

  /** Something was on the air. */
  void reset() {
    looks = 0;
  }

  /**
   * One more.
   *
   * @param enough how many looks are needed
   * @param graceMs for how long at least
   * @return whether the broadcast is over
   */
  boolean add(int enough, long graceMs, long now) {
    if (looks++ == 0) {
      since = now;
    }
    return looks >= enough && now - since >= graceMs;
  }
}
