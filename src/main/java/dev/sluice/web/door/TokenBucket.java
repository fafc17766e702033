package dev.sluice.web.door;

/** Lets through so many at once, and then one each time a token has come back. */
final class TokenBucket {
  private final double capacity;
  private final double nanosAToken;
  private double tokens;
  private long at;

  /**
   * @param capacity how many at once
   * @param nanos in which so many come back
   * @param now monotonic nanoseconds
   */
  TokenBucket(int capacity, long nanos, long now) {
    this.capacity = capacity;
    this.nanosAToken = (double) nanos / capacity;
    this.tokens = capacity;
    this.at = now;
  }

  /** Nanoseconds until a token is there; 0 when one is. */
  long waits(long now) {
    tokens = Math.min(capacity, tokens + (now - at) / nanosAToken);
    at = now;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * nanosAToken);
  }

  void take() {
    tokens -= 1;
  }

  void giveBack() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
