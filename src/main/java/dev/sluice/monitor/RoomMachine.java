package dev.sluice.monitor;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is decided about one room. Plain and without a clock: each event brings the
 * monotonic time in milliseconds and returns what to do. One question is open at a time; an answer
 * to any other is dropped.
 */
final class RoomMachine {
  private static final long REFUSED_EVERY_MS = 60_000;
  private static final long DISK_RETRY_MS = 10_000;
  private static final int OFFLINE_ANSWERS = 2;
  private static final int SILENT_ANSWERS = 4;

  /** Of a recording whose broadcast goes on. */
  private static final Set<EndCause> GOES_ON =
      Set.of(EndCause.SPACE, EndCause.DISK, EndCause.FAILED);

  private static final Set<String> SILENT = Set.of("unknown.not_media", "unknown.no_media");

  private long everyMs;
  private long graceMs;
  private Mode mode;
  private boolean stopped;
  private boolean manual;

  /** The broadcast that is on was told; set only while it is not recorded. */
  private boolean told;

  private boolean removed;

  /** Why the disk takes no recording. */
  private Optional<Reason> closed = Optional.empty();

  private RoomState state = RoomState.WAITING;
  private Reason reason = Reason.of("first_look", "not looked at yet");
  private long since;
  private long nextLook;
  private long question;
  private boolean questionOpen;
  private boolean looked;
  private boolean answered;
  private boolean again;
  private final WithoutMedia withoutMedia = new WithoutMedia();

  /**
   * @param stopped whether the user had stopped the present broadcast before this start
   * @param firstLookMs when to look first
   */
  RoomMachine(Mode mode, boolean stopped, long everyMs, long graceMs, long firstLookMs) {
    this.mode = mode;
    this.stopped = stopped;
    this.everyMs = everyMs;
    this.graceMs = graceMs;
    this.since = firstLookMs;
    this.nextLook = firstLookMs;
    if (!isWatched()) {
      enter(RoomState.PAUSED, PAUSED, firstLookMs);
    }
  }

  private static final Reason PAUSED = Reason.of("paused.by_user", "paused");
  private static final Reason STOPPED =
      Reason.of("stopped.by_user", "stopped by you until the next broadcast");

  private static final Reason NOTIFY =
      Reason.of("notify", "live; you want to be told of it, not to record it");
  private static final Reason FIRST = Reason.of("first_look", "not looked at yet");

  RoomState state() {
    return state;
  }

  /** Why it does not record; empty while it does. */
  Optional<Reason> reason() {
    return state == RoomState.RECORDING ? Optional.empty() : Optional.of(reason);
  }

  /** Monotonic time at which the state was entered. */
  long since() {
    return since;
  }

  /** Monotonic time of the next look, or empty when none is planned. */
  Optional<Long> nextLook() {
    return questionOpen || !mayLook() ? Optional.empty() : Optional.of(nextLook);
  }

  /** The open question, 0 for none. */
  long question() {
    return questionOpen ? question : 0;
  }

  boolean isRecording() {
    return state == RoomState.RECORDING || state == RoomState.GRACE;
  }

  boolean isWatched() {
    return mode != Mode.PAUSED;
  }

  /** Whether it is to be recorded, as far as people have a say. */
  private boolean isWished() {
    return !stopped && (mode == Mode.RECORD || manual);
  }

  /** Whether the next look is to record what it finds. */
  private boolean wantsRecording() {
    return isWished() && closed.isEmpty();
  }

  /** Time goes on. */
  List<Effect> tick(long now) {
    return !questionOpen && mayLook() && now >= nextLook ? ask(now) : List.of();
  }

  /** Look now. */
  List<Effect> check(long now) {
    return questionOpen || !mayLook() ? List.of() : ask(now);
  }

  /** Record now, also what had been stopped or paused. */
  List<Effect> start(long now) {
    List<Effect> effects = new ArrayList<>();
    manual = mode != Mode.RECORD;
    if (stopped) {
      stopped = false;
      effects.add(new Effect.Remember(false));
    }
    if (isRecording() || removed) {
      return effects;
    }
    if (questionOpen) {
      // A mere look is under way, or files are being closed; the next question records.
      nextLook = now;
      again = state == RoomState.STOPPING;
      return effects;
    }
    enter(RoomState.STARTING, Reason.of("starting", "starting"), now);
    effects.addAll(ask(now));
    return effects;
  }

  /** Stop, and not again until the next broadcast. */
  List<Effect> stop(long now) {
    if (!questionOpen) {
      return stopWaiting(now);
    }
    stopped = true;
    manual = false;
    again = false;
    enter(RoomState.STOPPING, Reason.of("stopping", "stopping"), now);
    return List.of(new Effect.Remember(true), new Effect.Stop(question, EndCause.STOPPED));
  }

  /**
   * Nothing runs: what may be live is not recorded at the next look, what waited does so no more.
   */
  private List<Effect> stopWaiting(long now) {
    if (removed) {
      return List.of();
    }
    if (manual) {
      manual = false;
      if (isWatched()) {
        settle(RoomState.WAITING, FIRST, 0, now);
      } else {
        enter(RoomState.PAUSED, PAUSED, now);
      }
      return List.of();
    }
    boolean maybeLive =
        state == RoomState.UNKNOWN || state == RoomState.REFUSED || state == RoomState.LIVE;
    if (mode != Mode.RECORD || stopped || !maybeLive) {
      return List.of();
    }
    stopped = true;
    enter(state, STOPPED, now);
    return List.of(new Effect.Remember(true));
  }

  /** The settings of the room changed. */
  List<Effect> settings(Mode newMode, long newEveryMs, long newGraceMs, long now) {
    graceMs = newGraceMs;
    removed = false;
    if (newEveryMs < everyMs) {
      nextLook = Math.min(nextLook, now + newEveryMs);
    }
    everyMs = newEveryMs;
    if (newMode == mode) {
      return List.of();
    }
    Mode before = mode;
    mode = newMode;
    if (!isWatched() || mode == Mode.NOTIFY && isRecording() && !manual) {
      return leave(now);
    }
    manual &= mode != Mode.RECORD;
    if (!questionOpen) {
      nextLook = now;
      if (before == Mode.PAUSED) {
        enter(RoomState.WAITING, FIRST, now);
      }
    }
    return List.of();
  }

  /**
   * How the room's disk stands.
   *
   * @param why no recording begins on it; empty: it may
   * @param low whether a recording that runs is to end
   */
  List<Effect> disk(Optional<Reason> why, boolean low, long now) {
    boolean waited = state == RoomState.REFUSED && closed.filter(reason::equals).isPresent();
    closed = why;
    if (waited && why.isPresent()) {
      enter(RoomState.REFUSED, why.get(), now);
    } else if (waited && !questionOpen) {
      nextLook = now;
    }
    return low && isRecording() ? makeRoom(now) : List.of();
  }

  /** Ends the recording at its last whole frame; it goes on when there is space. */
  private List<Effect> makeRoom(long now) {
    enter(RoomState.STOPPING, Reason.of("stopping", "stopping"), now);
    return List.of(new Effect.Stop(question, EndCause.SPACE));
  }

  /** The room was taken out of the settings. */
  List<Effect> remove(long now) {
    removed = true;
    mode = Mode.PAUSED;
    manual = false;
    return questionOpen ? leave(now) : List.of(new Effect.Gone());
  }

  private List<Effect> leave(long now) {
    again = false;
    // What was recorded so far was told; what is no longer looked at is not told again.
    told = isWatched() && isRecording();
    if (!questionOpen) {
      enter(RoomState.PAUSED, PAUSED, now);
      return List.of();
    }
    enter(RoomState.STOPPING, Reason.of("stopping", "stopping"), now);
    return List.of(new Effect.Stop(question, EndCause.UNWANTED));
  }

  /** The answer to a question. */
  List<Effect> answer(RecordAnswer answer, long now) {
    if (!questionOpen || answer.question() != question || state == RoomState.STOPPING) {
      return List.of();
    }
    looked = true;
    answered = true;
    return switch (answer.outcome()) {
      case STARTED -> {
        withoutMedia.reset();
        if (!isWished()) {
          // Asked for while it was wanted; not any more.
          yield leave(now);
        }
        if (closed.isPresent()) {
          List<Effect> effects = new ArrayList<>(makeRoom(now));
          if (!told) {
            effects.add(0, new Effect.Began());
          }
          yield effects;
        }
        enter(RoomState.RECORDING, answer.reason(), now);
        boolean known = told;
        told = false;
        yield known ? List.of() : List.of(new Effect.Began());
      }
      case LIVE -> {
        withoutMedia.reset();
        yield live(answer.reason(), now);
      }
      case OFFLINE -> offline(answer.reason(), now);
      case UNKNOWN -> unknown(answer.reason(), now);
      case REFUSED -> {
        settle(RoomState.REFUSED, answer.reason(), Math.max(everyMs, REFUSED_EVERY_MS), now);
        yield List.of();
      }
    };
  }

  /** It is on the air and was only looked at: it is recorded next, or is not wanted. */
  private List<Effect> live(Reason why, long now) {
    if (wantsRecording()) {
      settle(RoomState.LIVE, why, 0, now);
      return List.of();
    }
    if (isWished() && closed.isPresent()) {
      settle(RoomState.REFUSED, closed.get(), everyMs, now);
      return List.of();
    }
    settle(RoomState.LIVE, stopped ? STOPPED : NOTIFY, everyMs, now);
    if (stopped || told || !isWatched()) {
      return List.of();
    }
    told = true;
    return List.of(new Effect.Began());
  }

  private List<Effect> offline(Reason why, long now) {
    settle(RoomState.WAITING, why, everyMs, now);
    return withoutMedia(OFFLINE_ANSWERS, now);
  }

  /**
   * Not off air for certain. But some links never say that they are: where one answers without
   * media, time after time, the broadcast that was stopped or told is over all the same.
   */
  private List<Effect> unknown(Reason why, long now) {
    settle(RoomState.UNKNOWN, why, everyMs, now);
    return SILENT.contains(why.key()) ? withoutMedia(SILENT_ANSWERS, now) : List.of();
  }

  private List<Effect> withoutMedia(int enough, long now) {
    boolean over = withoutMedia.add(enough, graceMs, now);
    if (!over || !stopped && !told) {
      return List.of();
    }
    told = false;
    if (!stopped) {
      return List.of(new Effect.Ended());
    }
    stopped = false;
    return List.of(new Effect.Remember(false), new Effect.Ended());
  }

  /** No answer came in time: the attempt is cancelled, its end will be told. */
  List<Effect> noAnswer(long asked, long now) {
    if (!questionOpen || asked != question || isRecording()) {
      return List.of();
    }
    return List.of(new Effect.Stop(question, EndCause.UNWANTED));
  }

  /** A recorder told how it stands. */
  List<Effect> progress(boolean receiving, long now) {
    if (!isRecording()) {
      return List.of();
    }
    if (receiving && state == RoomState.GRACE) {
      enter(RoomState.RECORDING, Reason.of("recording", "recording"), now);
    } else if (!receiving && state == RoomState.RECORDING) {
      enter(RoomState.GRACE, Reason.of("grace", "nothing new arrives, trying again"), now);
    }
    return List.of();
  }

  /** An attempt is over and its files are closed. */
  List<Effect> ended(RecordingEnded end, long now) {
    if (!questionOpen || end.question() != question) {
      return List.of();
    }
    questionOpen = false;
    boolean hadRecorded = end.epoch() > 0;
    boolean goesOn = hadRecorded && GOES_ON.contains(end.cause());
    if (removed) {
      return List.of(new Effect.Gone());
    }
    if (again) {
      again = false;
      settle(RoomState.STARTING, Reason.of("starting", "starting"), 0, now);
      told |= goesOn;
      return told(end);
    }
    if (!isWatched() && (!manual || hadRecorded && !goesOn)) {
      manual = false;
      enter(RoomState.PAUSED, PAUSED, now);
      return hadRecorded ? List.of(new Effect.Ended()) : List.of();
    }
    manual &= !hadRecorded || goesOn;
    if (state == RoomState.STOPPING && stopped) {
      return afterStop(end, now);
    }
    if (!hadRecorded) {
      afterLook(end, now);
      return List.of();
    }
    return afterRecording(end, now);
  }

  private List<Effect> afterStop(RecordingEnded end, long now) {
    if (end.cause() == EndCause.OVER) {
      stopped = false;
      settle(RoomState.WAITING, end.reason(), everyMs, now);
      return List.of(new Effect.Remember(false), new Effect.Ended());
    }
    settle(end.epoch() > 0 ? RoomState.LIVE : RoomState.UNKNOWN, STOPPED, everyMs, now);
    return List.of();
  }

  private void afterLook(RecordingEnded end, long now) {
    // The answer told what was found; only a cancelled look has told nothing.
    if (state == RoomState.STOPPING || isRecording() || !answered) {
      settle(RoomState.UNKNOWN, end.reason(), everyMs, now);
    }
  }

  private List<Effect> afterRecording(RecordingEnded end, long now) {
    switch (end.cause()) {
      case OVER -> settle(RoomState.WAITING, end.reason(), everyMs, now);
      case SPACE, DISK, FAILED -> {
        // The broadcast goes on: it is not told again when it is recorded again.
        told = true;
        settle(RoomState.REFUSED, closed.orElse(end.reason()), DISK_RETRY_MS, now);
      }
      case STOPPED -> settle(RoomState.LIVE, STOPPED, everyMs, now);
      case REFUSED ->
          settle(RoomState.REFUSED, end.reason(), Math.max(everyMs, REFUSED_EVERY_MS), now);
      default -> settle(RoomState.WAITING, end.reason(), 0, now);
    }
    return told(end);
  }

  private static List<Effect> told(RecordingEnded end) {
    return end.cause() == EndCause.OVER ? List.of(new Effect.Ended()) : List.of();
  }

  private boolean mayLook() {
    return !removed && (isWatched() || manual);
  }

  private List<Effect> ask(long now) {
    question++;
    questionOpen = true;
    answered = false;
    if (!looked && state != RoomState.STARTING) {
      enter(RoomState.STARTING, Reason.of("first_look", "looking for the first time"), now);
    }
    return List.of(new Effect.Ask(question, wantsRecording()));
  }

  private void settle(RoomState next, Reason why, long waitMs, long now) {
    enter(next, why, now);
    nextLook = now + waitMs;
  }

  private void enter(RoomState next, Reason why, long now) {
    if (next != state) {
      since = now;
    }
    state = next;
    reason = why;
  }
}
