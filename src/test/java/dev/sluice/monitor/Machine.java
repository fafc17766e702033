package dev.sluice.monitor;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import java.util.List;

/** A room's machine with a clock of its own and events in few words. */
final class Machine {
  static final long EVERY = 30_000;
  static final long GRACE = 60_000;

  private static final RoomKey KEY = new RoomKey("direct", "http://example.test/a.flv");
  private static final Reason REASON = Reason.of("test", "as the test has it");

  final RoomMachine room;
  long now = 1_000;

  private Machine(Mode mode, boolean stopped) {
    room = new RoomMachine(mode, stopped, EVERY, GRACE, now);
  }

  static Machine watched() {
    return new Machine(Mode.RECORD, false);
  }

  static Machine paused() {
    return new Machine(Mode.PAUSED, false);
  }

  static Machine stoppedBefore() {
    return new Machine(Mode.RECORD, true);
  }

  static Machine notifying() {
    return new Machine(Mode.NOTIFY, false);
  }

  /** Records with question 1. */
  static Machine recording() {
    Machine machine = watched();
    machine.tick();
    machine.answer(1, Outcome.STARTED);
    return machine;
  }

  List<Effect> tick() {
    return room.tick(now);
  }

  List<Effect> tickAfter(long ms) {
    now += ms;
    return tick();
  }

  List<Effect> answer(long question, Outcome outcome) {
    long epoch = outcome == Outcome.STARTED ? 7 : 0;
    return room.answer(new RecordAnswer(KEY, question, outcome, epoch, REASON), now);
  }

  List<Effect> ended(long question, EndCause cause) {
    return room.ended(new RecordingEnded(KEY, question, 7, 3, cause, REASON), now);
  }

  /** The end of a question that brought no media. */
  List<Effect> endedEmpty(long question) {
    return room.ended(new RecordingEnded(KEY, question, 0, 0, EndCause.REFUSED, REASON), now);
  }

  /** A look at a link that answers, but sends no media. */
  List<Effect> silentLook() {
    tick();
    long question = room.question();
    Reason silent = Reason.of("unknown.not_media", "no media");
    List<Effect> effects =
        room.answer(new RecordAnswer(KEY, question, Outcome.UNKNOWN, 0, silent), now);
    endedEmpty(question);
    return effects;
  }

  /** One whole look: the question that is due now, its answer and its end. */
  List<Effect> look(Outcome outcome) {
    tick();
    long question = room.question();
    List<Effect> effects = answer(question, outcome);
    endedEmpty(question);
    return effects;
  }

  List<Effect> watch(boolean watched) {
    return mode(watched ? Mode.RECORD : Mode.PAUSED);
  }

  List<Effect> mode(Mode mode) {
    return room.settings(mode, EVERY, GRACE, now);
  }
}
