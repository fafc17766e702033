package dev.sluice.testing;

import java.util.Random;

/**
 * Where random tests begin. The same commit gives the same answer: by default they begin at a fixed
 * number. {@code -Dsluice.seed=N} begins elsewhere, {@code -Dsluice.seed=random} anywhere; {@code
 * ./check --full} (that is {@code -Dsluice.full=true}) begins anywhere and tries {@value
 * #FULL_FACTOR} times as often.
 */
public final class Seeds {
  static final int FULL_FACTOR = 20;
  private static final long FIXED = 20_261_124;
  private static final boolean FULL = Boolean.getBoolean("sluice.full");
  private static final long SEED = choose(System.getProperty("sluice.seed"), FULL);

  static {
    System.out.println("random tests begin at -Dsluice.seed=" + SEED);
  }

  private Seeds() {}

  /** The number that repeats this run. */
  public static long seed() {
    return SEED;
  }

  /** The number for one test: tests of different names see different values. */
  public static long of(String test) {
    return mixed(SEED, test);
  }

  /** How often to try what is tried this often by default. */
  public static int tries(int usual) {
    return FULL ? Math.multiplyExact(usual, FULL_FACTOR) : usual;
  }

  static long choose(String wanted, boolean full) {
    String word = wanted == null || wanted.isEmpty() ? full ? "random" : "" : wanted;
    if (word.isEmpty()) {
      return FIXED;
    }
    return word.equals("random") ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(word);
  }

  static long mixed(long seed, String test) {
    return new Random(seed ^ (long) test.hashCode() << 32).nextLong();
  }
}
