package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A source that refuses is not stormed. */
class TriesPerMinuteTest {
  private static final long MINUTE = 60_000;
  private static final int FIRST_MINUTE = 45;
  private static final int LATER_MINUTE = 13;

  @Test
  void refusalsOfAnyKindAreAskedForLessAndLess() {
    Random random = new Random(Seeds.of("TriesPerMinuteTest"));
    for (int run = 0; run < Seeds.tries(200); run++) {
      // Long enough that nothing ends meanwhile.
      ReconnectPolicy policy = new ReconnectPolicy(100 * MINUTE, 100 * MINUTE, 0);
      policy.legOpened(0);
      policy.newMedia(MINUTE);
      long now = MINUTE;
      ReconnectPolicy.Next next = policy.legEnded(now);
      int[] tries = new int[10];
      while (now < 10 * MINUTE) {
        now += assertInstanceOf(ReconnectPolicy.Next.Again.class, next).delayMs();
        tries[(int) Math.min(9, now / MINUTE - 1)]++;
        now += random.nextInt(50);
        next = answer(policy, random.nextInt(4), now);
      }
      assertTrue(tries[0] <= FIRST_MINUTE, tries[0] + " tries in the first minute");
      for (int minute = 1; minute < 9; minute++) {
        assertTrue(tries[minute] <= LATER_MINUTE, tries[minute] + " in minute " + minute);
      }
    }
  }

  private static ReconnectPolicy.Next answer(ReconnectPolicy policy, int kind, long now) {
    return switch (kind) {
      case 0 -> policy.offline(now);
      case 1 -> policy.unclear(now);
      case 2 -> policy.silent(now);
      // A page in place of the stream.
      default -> policy.legEnded(now);
    };
  }
}
