package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.RoomState;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for a room whatever happens in whatever order. */
class RoomMachinePropertyTest {
  private static final int EVENTS = 60;

  /** Everything that can reach a machine. */
  enum Event {
    TICK,
    LATER,
    MUCH_LATER,
    CHECK,
    START,
    STOP,
    PAUSE,
    WATCH,
    REMOVE,
    STARTED,
    LIVE,
    OFFLINE,
    UNKNOWN,
    REFUSED,
    STALE_ANSWER,
    FUTURE_ANSWER,
    STALE_END,
    END_OVER,
    END_STOPPED,
    END_UNWANTED,
    END_DISK,
    END_EMPTY,
    NO_ANSWER,
    RECEIVING,
    NOT_RECEIVING
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Arbitraries.of(Event.class).list().ofMaxSize(EVENTS);
  }

  @Property(tries = 3000)
  void oneQuestionAtATimeAndNoneThatNobodyWants(@ForAll("events") List<Event> events) {
    Run run = new Run();
    events.forEach(run::happens);
  }

  @Property(tries = 3000)
  void aLiveRoomThatIsWantedIsAskedWithinItsInterval(@ForAll("events") List<Event> events) {
    Run run = new Run();
    events.forEach(run::happens);
    run.faultsEnd();
    if (run.gone) {
      return;
    }
    run.happens(Event.WATCH);
    run.happens(Event.START);
    long limit = run.machine.now + 2 * Math.max(Machine.EVERY, 60_000);
    while (run.machine.room.state() != RoomState.RECORDING && run.machine.now < limit) {
      run.machine.now += 250;
      run.happens(Event.TICK);
      run.happens(Event.STARTED);
    }
    assertEquals(RoomState.RECORDING, run.machine.room.state(), "stuck after " + events);
  }

  @Property(tries = 3000)
  void removedRoomsGoExactlyOnceWhenTheirFilesAreClosed(@ForAll("events") List<Event> events) {
    Run run = new Run();
    events.forEach(run::happens);
    run.happens(Event.REMOVE);
    run.faultsEnd();
    assertTrue(run.gone, "still there after " + events);
    run.happens(Event.MUCH_LATER);
    run.happens(Event.CHECK);
  }

  /** Feeds events into a machine and watches over what it must never do. */
  private static final class Run {
    final Machine machine = Machine.watched();
    long open;
    long last;
    boolean wanted = true;
    boolean manual;
    boolean removed;
    boolean gone;

    void happens(Event event) {
      if (gone && event != Event.CHECK && event != Event.MUCH_LATER) {
        return; // nobody holds a machine that is gone
      }
      note(event);
      check(event, effects(event));
    }

    /** The recorder closes what it was asked for, as it does in the end. */
    void faultsEnd() {
      if (open != 0) {
        happens(Event.END_EMPTY);
      }
    }

    private void note(Event event) {
      switch (event) {
        case WATCH, PAUSE -> {
          wanted = event == Event.WATCH;
          removed = false;
        }
        case REMOVE -> {
          wanted = false;
          removed = true;
        }
        case START -> manual = true;
        case STOP -> manual = false;
        default -> {}
      }
    }

    private List<Effect> effects(Event event) {
      long now = machine.now;
      return switch (event) {
        case TICK -> machine.tick();
        case LATER -> machine.tickAfter(1_000);
        case MUCH_LATER -> machine.tickAfter(Machine.GRACE);
        case CHECK -> machine.room.check(now);
        case START -> machine.room.start(now);
        case STOP -> machine.room.stop(now);
        case PAUSE -> machine.watch(false);
        case WATCH -> machine.watch(true);
        case REMOVE -> machine.room.remove(now);
        case NO_ANSWER -> machine.room.noAnswer(last, now);
        case RECEIVING -> machine.room.progress(true, now);
        case NOT_RECEIVING -> machine.room.progress(false, now);
        default -> told(event);
      };
    }

    private List<Effect> told(Event event) {
      return switch (event) {
        case STARTED -> machine.answer(last, Outcome.STARTED);
        case LIVE -> machine.answer(last, Outcome.LIVE);
        case OFFLINE -> machine.answer(last, Outcome.OFFLINE);
        case UNKNOWN -> machine.answer(last, Outcome.UNKNOWN);
        case REFUSED -> machine.answer(last, Outcome.REFUSED);
        case STALE_ANSWER -> machine.answer(last - 1, Outcome.STARTED);
        case FUTURE_ANSWER -> machine.answer(last + 1, Outcome.STARTED);
        case STALE_END -> machine.ended(last - 1, EndCause.OVER);
        case END_OVER -> end(machine.ended(last, EndCause.OVER));
        case END_STOPPED -> end(machine.ended(last, EndCause.STOPPED));
        case END_UNWANTED -> end(machine.ended(last, EndCause.UNWANTED));
        case END_DISK -> end(machine.ended(last, EndCause.DISK));
        case END_EMPTY -> end(machine.endedEmpty(last));
        default -> throw new AssertionError(event);
      };
    }

    private List<Effect> end(List<Effect> effects) {
      open = 0;
      return effects;
    }

    private void check(Event event, List<Effect> effects) {
      for (Effect effect : effects) {
        if (effect instanceof Effect.Ask ask) {
          asked(ask, event);
        } else if (effect instanceof Effect.Stop stop) {
          assertEquals(open, stop.question(), "only what runs can be stopped");
          assertNotEquals(0, open);
        } else if (effect instanceof Effect.Gone) {
          assertFalse(gone, "gone twice");
          assertTrue(removed, "gone without having been removed");
          assertEquals(0, open, "gone while a recorder runs");
          gone = true;
        }
      }
      assertEquals(open, machine.room.question(), "the open question after " + event);
      assertTrue(!machine.room.isRecording() || open != 0, "records without an attempt");
    }

    private void asked(Effect.Ask ask, Event event) {
      assertEquals(0, open, "a second question by " + event);
      assertEquals(last + 1, ask.question(), "numbers rise by one");
      assertFalse(gone || removed, "asked for a removed room by " + event);
      assertTrue(wanted || manual, "asked for a paused room by " + event);
      last = ask.question();
      open = last;
    }
  }
}
