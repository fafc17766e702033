package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.record.ReconnectPolicy.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
  private static final long GRACE = 60_000;
  private static final long STALL = 30_000;
  private static final long SILENCE = 600_000;

  private final ReconnectPolicy policy = new ReconnectPolicy(GRACE, STALL, 0);

  @Test
  void triesAgainAtOnceWhenAConnectionEnds() {
    assertEquals(new Next.Again(0), policy.legEnded(5_000));
  }

  @Test
  void theFirstTryIsImmediateAfterEachArrivalOfNewMedia() {
    policy.legEnded(0);
    policy.unclear(10);
    policy.newMedia(1_000);
    assertEquals(new Next.Again(0), policy.legEnded(2_000));
  }

  @Test
  void aSourceThatSendsLittleAndClosesIsAskedAtMostFiveTimesASecond() {
    long now = 0;
    int asked = 0;
    while (now < 10_000) {
      asked++;
      policy.legOpened(now);
      policy.newMedia(now += 20);
      now += again(policy.legEnded(now += 20));
    }
    assertTrue(asked <= 50, asked + " times in 10 s");
    policy.legOpened(now);
    policy.newMedia(now += 1_000);
    assertEquals(new Next.Again(0), policy.legEnded(now), "after a connection that lasted");
  }

  @Test
  void waitsAtMostASecondInTheFirstHalfMinuteAndThenAtMostFive() {
    long now = 0;
    long longest = 0;
    policy.legEnded(now);
    while (now < 30_000) {
      long delay = again(policy.unclear(now));
      assertTrue(delay >= 1 && delay <= 1_000, delay + " ms at " + now);
      now += delay;
    }
    while (now < 85_000) {
      long delay = again(policy.unclear(now));
      longest = Math.max(longest, delay);
      now += delay;
    }
    assertTrue(longest > 1_000 && longest <= 5_000, longest + " ms");
  }

  @Test
  void waitsLongerFromTryToTry() {
    policy.legEnded(0);
    assertEquals(List.of(200L, 400L, 800L, 1_000L), delays(4, 10));
  }

  @Test
  void twoOfflineAnswersThroughTheGraceTimeEndIt() {
    again(policy.offline(1_000));
    again(policy.offline(1_000 + GRACE - 1));
    Next.Over over = over(policy.offline(1_000 + GRACE));
    assertEquals(EndCause.OVER, over.cause());
    assertEquals("offline", over.reason().key());
  }

  @Test
  void oneOfflineAnswerNeverEndsIt() {
    again(policy.offline(100 * GRACE));
    over(policy.offline(101 * GRACE));
  }

  @Test
  void withoutGraceTheSecondOfflineAnswerEndsIt() {
    policy.limits(0, STALL);
    again(policy.offline(0));
    over(policy.offline(0));
  }

  @Test
  void anyOtherAnswerInBetweenBeginsTheOfflineTimeAnew() {
    List<BiFunction<ReconnectPolicy, Long, Object>> others = new ArrayList<>();
    others.add(ReconnectPolicy::unclear);
    others.add(ReconnectPolicy::silent);
    others.add(ReconnectPolicy::legEnded);
    others.add(
        (p, now) -> {
          p.newMedia(now);
          return p;
        });
    for (BiFunction<ReconnectPolicy, Long, Object> other : others) {
      ReconnectPolicy fresh = new ReconnectPolicy(GRACE, 10 * GRACE, 0);
      again(fresh.offline(0));
      other.apply(fresh, 1_000L);
      again(fresh.offline(GRACE));
      again(fresh.offline(GRACE + 1_000));
      over(fresh.offline(2 * GRACE));
    }
  }

  @Test
  void asksWhenTheGraceTimeIsOverAndNotMuchLater() {
    policy.newMedia(0);
    long now = 0;
    Next next = policy.offline(now);
    while (next instanceof Next.Again more) {
      now += Math.max(1, more.delayMs());
      next = policy.offline(now);
    }
    assertTrue(now >= GRACE && now <= GRACE + 10, "over at " + now);
  }

  @Test
  void unclearAnswersEndItOnlyAfterStallAndGrace() {
    policy.newMedia(1_000);
    again(policy.unclear(1_000 + STALL + GRACE - 1));
    assertEquals("no_new_media", over(policy.unclear(1_000 + STALL + GRACE)).reason().key());
  }

  @Test
  void connectionsThatBringNothingNewEndItAfterStallAndGrace() {
    policy.newMedia(1_000);
    again(policy.legEnded(1_000 + STALL + GRACE - 1));
    over(policy.legEnded(1_000 + STALL + GRACE));
  }

  @Test
  void anOpenConnectionIsExhaustedAfterStallAndGrace() {
    policy.newMedia(1_000);
    assertFalse(policy.isExhausted(1_000 + STALL + GRACE - 1));
    assertTrue(policy.isExhausted(1_000 + STALL + GRACE));
    policy.newMedia(1_000 + STALL + GRACE);
    assertFalse(policy.isExhausted(1_000 + STALL + GRACE));
  }

  @Test
  void aNetworkThatDoesNotAnswerEndsItAfterTenMinutesOnly() {
    policy.newMedia(1_000);
    again(policy.silent(1_000 + SILENCE - 1));
    assertEquals("no_answer", over(policy.silent(1_000 + SILENCE)).reason().key());
  }

  @Test
  void timeWithoutAnAnswerIsNotTimeWithoutMedia() {
    policy.newMedia(1_000);
    again(policy.silent(2_000));
    long back = 1_000 + 2 * (STALL + GRACE);
    again(policy.silent(back - 1));
    again(policy.unclear(back));
    again(policy.unclear(back + STALL + GRACE - 1));
    assertEquals("no_new_media", over(policy.unclear(back + STALL + GRACE)).reason().key());
  }

  @Test
  void silenceAgainAndAgainDoesNotPutOffTheEndForEver() {
    long now = 0;
    policy.newMedia(now);
    while (now < SILENCE + STALL + GRACE - 1_000) {
      again(policy.silent(now += 500));
      again(policy.unclear(now += 500));
    }
    over(policy.unclear(now + 1_000));
  }

  @Test
  void anAnswerEndsTheSilence() {
    again(policy.silent(SILENCE - 10));
    again(policy.offline(SILENCE - 5));
    again(policy.silent(SILENCE + 10));
    over(policy.silent(2 * SILENCE));
  }

  @Test
  void aGraceTimeLongerThanTheSilenceHolds() {
    policy.limits(2 * SILENCE, STALL);
    again(policy.silent(SILENCE + 1));
    again(policy.silent(2 * SILENCE - 1));
    over(policy.silent(2 * SILENCE));
  }

  @Test
  void newLimitsHoldFromNowOn() {
    policy.limits(5_000, 1_000);
    assertTrue(policy.isExhausted(6_000));
    again(policy.offline(0));
    over(policy.offline(5_000));
  }

  @Property(tries = 500)
  void nothingEndsBeforeItsTime(
      @ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> events,
      @ForAll @IntRange(max = 3_000) int step) {
    ReconnectPolicy fresh = new ReconnectPolicy(GRACE, STALL, 0);
    long now = 0;
    long media = 0;
    int offline = 0;
    for (int event : events) {
      now += step;
      Next next = happens(fresh, event, now);
      media = event == 0 ? now : media;
      offline = event == 2 ? offline + 1 : 0;
      if (next instanceof Next.Over) {
        assertTrue(now - media >= GRACE, "over " + (now - media) + " ms after media: " + events);
        assertTrue(offline != 1, "one offline answer ended it: " + events);
        return;
      }
      assertTrue(!(next instanceof Next.Again again) || again.delayMs() <= 5_000);
    }
  }

  private static Next happens(ReconnectPolicy policy, int event, long now) {
    return switch (event) {
      case 0 -> {
        policy.newMedia(now);
        yield policy.legEnded(now);
      }
      case 1 -> policy.legEnded(now);
      case 2 -> policy.offline(now);
      case 3 -> policy.unclear(now);
      default -> policy.silent(now);
    };
  }

  private List<Long> delays(int count, long at) {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      delays.add(again(policy.unclear(at + i)));
    }
    return delays;
  }

  private static long again(Next next) {
    return assertInstanceOf(Next.Again.class, next).delayMs();
  }

  private static Next.Over over(Next next) {
    return assertInstanceOf(Next.Over.class, next);
  }
}
