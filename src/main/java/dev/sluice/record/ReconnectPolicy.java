package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.room.Reason;
import java.util.concurrent.TimeUnit;

/**
 * Decides, after a connection ended or failed, whether the broadcast is over or when to ask again.
 *
 * <p>Over is: the given link itself answers offline at least twice and through the whole grace
 * time; or it answers, but for stall time-out and grace together no new media came; time in which
 * nothing answered does not count there. A network that does not answer at all ends nothing until
 * {@value #SILENCE_MINUTES} minutes have passed. All times are monotonic milliseconds.
 */
final class ReconnectPolicy {
  private static final int SILENCE_MINUTES = 10;
  private static final long SILENCE_MS = TimeUnit.MINUTES.toMillis(SILENCE_MINUTES);
  private static final long QUICK_PHASE_MS = 30_000;
  private static final long QUICK_CAP_MS = 1_000;
  private static final long CAP_MS = 5_000;
  private static final long FIRST_DELAY_MS = 200;
  private static final long STEADY_MS = 1_000;
  private static final int OFFLINE_ANSWERS = 2;

  private long graceMs;
  private long stallMs;
  private long lastNewMedia;
  private long offlineSince = -1;
  private int offlineAnswers;
  private long lastAnswer;

  /** Since when it answers; below zero while it does not. */
  private long answeringSince;

  private int tries;
  private long legOpened;

  ReconnectPolicy(long graceMs, long stallMs, long nowMs) {
    this.graceMs = graceMs;
    this.stallMs = stallMs;
    this.lastNewMedia = nowMs;
    this.lastAnswer = nowMs;
    this.answeringSince = nowMs;
    this.legOpened = nowMs;
  }

  /** What to do next. */
  sealed interface Next {
    /** Ask again after this many milliseconds. */
    record Again(long delayMs) implements Next {}

    /** The broadcast is over. */
    record Over(EndCause cause, Reason reason) implements Next {}
  }

  /** New limits, from now on. */
  void limits(long newGraceMs, long newStallMs) {
    graceMs = newGraceMs;
    stallMs = newStallMs;
  }

  /** Frames came that were not there before. */
  void newMedia(long nowMs) {
    lastNewMedia = nowMs;
    answered(nowMs);
    offlineSince = -1;
    offlineAnswers = 0;
    // A source that sends a little and closes, again and again, is not asked without a pause.
    if (nowMs - legOpened >= STEADY_MS) {
      tries = 0;
    }
  }

  /** A connection stands. */
  void legOpened(long nowMs) {
    legOpened = nowMs;
    answering(nowMs);
  }

  /** A connection that had been open ended. */
  Next legEnded(long nowMs) {
    answered(nowMs);
    forgetOffline();
    return decide(nowMs);
  }

  /** The given link said that the room is off air, or refused the connection. */
  Next offline(long nowMs) {
    answered(nowMs);
    if (offlineSince < 0) {
      offlineSince = nowMs;
    }
    offlineAnswers++;
    return decide(nowMs);
  }

  /** An answer that says neither live nor over, such as 503. */
  Next unclear(long nowMs) {
    answered(nowMs);
    forgetOffline();
    return decide(nowMs);
  }

  /** No answer at all: the network, a name that does not resolve, a time-out. */
  Next silent(long nowMs) {
    forgetOffline();
    answeringSince = -1;
    return decide(nowMs);
  }

  /** Whether an open connection has brought nothing new for so long that it is over. */
  boolean isExhausted(long nowMs) {
    return nowMs - fruitlessSince(nowMs) >= stallMs + graceMs;
  }

  /** However often it fell silent, there is an end to it. */
  private long fruitlessSince(long nowMs) {
    long answering = answeringSince < 0 ? nowMs : answeringSince;
    return Math.max(lastNewMedia, Math.min(answering, lastNewMedia + SILENCE_MS));
  }

  private void answered(long nowMs) {
    lastAnswer = nowMs;
    answering(nowMs);
  }

  private void answering(long nowMs) {
    answeringSince = answeringSince < 0 ? nowMs : answeringSince;
  }

  private void forgetOffline() {
    offlineSince = -1;
    offlineAnswers = 0;
  }

  private Next decide(long nowMs) {
    if (offlineAnswers >= OFFLINE_ANSWERS && nowMs - offlineSince >= graceMs) {
      return new Next.Over(EndCause.OVER, Reason.of("offline", "the broadcast is over"));
    }
    boolean answers = lastAnswer == nowMs;
    if (answers && offlineAnswers == 0 && isExhausted(nowMs)) {
      return new Next.Over(
          EndCause.OVER, Reason.of("no_new_media", "the link answers, but nothing new comes"));
    }
    if (!answers && nowMs - Math.max(lastNewMedia, lastAnswer) >= Math.max(SILENCE_MS, graceMs)) {
      return new Next.Over(EndCause.OVER, Reason.of("no_answer", "the link answers no more"));
    }
    return new Next.Again(delay(nowMs));
  }

  private long delay(long nowMs) {
    if (tries++ == 0) {
      return 0;
    }
    long cap = nowMs - lastNewMedia < QUICK_PHASE_MS ? QUICK_CAP_MS : CAP_MS;
    long delay = Math.min(cap, FIRST_DELAY_MS << Math.min(10, tries - 2));
    return Math.max(1, Math.min(delay, untilNextDecision(nowMs)));
  }

  /** Not past the moment at which the broadcast may be over, so that its end is told on time. */
  private long untilNextDecision(long nowMs) {
    long exhausted = fruitlessSince(nowMs) + stallMs + graceMs - nowMs;
    long over = offlineSince < 0 ? Long.MAX_VALUE : offlineSince + graceMs - nowMs;
    long next = Math.min(exhausted > 0 ? exhausted : Long.MAX_VALUE, over > 0 ? over : CAP_MS);
    return next;
  }
}
