package dev.sluice.web.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often a password may be tried: by a browser that signed in before, counted by itself, so that
 * nobody's guessing keeps the owner out; by anybody else, for each address and for all together.
 */
public final class LoginLimits {
  /** Tries in a minute, for each address and each known browser. */
  public static final int A_MINUTE = 10;

  /** Tries in an hour of all who are not known. */
  public static final int AN_HOUR = 100;

  private static final int MAX_BUCKETS = 5000;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Map<String, TokenBucket> buckets = bounded();
  private final TokenBucket strangers;

  /**
   * @param now monotonic nanoseconds, as in all calls
   */
  public LoginLimits(long now) {
    strangers = new TokenBucket(AN_HOUR, TimeUnit.HOURS.toNanos(1), now);
  }

  /** A try that may be made, or how long to wait. */
  public static final class Try {
    private final List<TokenBucket> taken;
    private final boolean stranger;
    private final long waitNanos;

    private Try(List<TokenBucket> taken, boolean stranger, long waitNanos) {
      this.taken = taken;
      this.stranger = stranger;
      this.waitNanos = waitNanos;
    }

    /** Whether nobody known makes it. */
    public boolean isByStranger() {
      return stranger;
    }

    /** Whether it may be made. */
    public boolean isAllowed() {
      return waitNanos == 0;
    }

    /** Seconds to wait, rounded up; 0 when allowed. */
    public long waitSeconds() {
      return (waitNanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
    }

    /** It was no guess, or was not made at all. */
    public void giveBack() {
      taken.forEach(TokenBucket::giveBack);
    }
  }

  /** A try from an address, by nobody known. */
  public Try byStranger(String address, long now) {
    return take(List.of(bucket("address " + Networks.of(address), now), strangers), true, now);
  }

  /**
   * A try by a browser that signed in before.
   *
   * @param device what tells one such browser from the others
   */
  public Try byDevice(String device, long now) {
    return take(List.of(bucket("device " + device, now)), false, now);
  }

  private static Try take(List<TokenBucket> wanted, boolean stranger, long now) {
    long wait = wanted.stream().mapToLong(bucket -> bucket.waits(now)).max().orElse(0);
    if (wait > 0) {
      return new Try(List.of(), stranger, wait);
    }
    wanted.forEach(TokenBucket::take);
    return new Try(wanted, stranger, 0);
  }

  private TokenBucket bucket(String name, long now) {
    return buckets.computeIfAbsent(name, n -> new TokenBucket(A_MINUTE, MINUTE, now));
  }

  private static Map<String, TokenBucket> bounded() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
        return size() > MAX_BUCKETS;
      }
    };
  }
}
