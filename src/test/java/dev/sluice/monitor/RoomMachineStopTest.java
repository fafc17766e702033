package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.RoomState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stop is obeyed also while nothing runs, and holds until the next broadcast. */
class RoomMachineStopTest {
  private static final List<Effect> REMEMBERED = List.of(new Effect.Remember(true));

  @ParameterizedTest
  @EnumSource(names = {"DISK", "FAILED", "REFUSED"})
  void aStopBetweenAttemptsHoldsUntilTheNextBroadcast(EndCause cause) {
    Machine machine = Machine.recording();
    machine.ended(1, cause);
    assertEquals(RoomState.REFUSED, machine.room.state());

    assertEquals(REMEMBERED, machine.room.stop(machine.now));

    assertEquals(RoomState.REFUSED, machine.room.state());
    assertEquals("stopped.by_user", machine.room.reason().orElseThrow().key());
    assertIsOnlyLookedAtUntilTheNextBroadcast(machine);
  }

  @Test
  void aStopWhileNobodyKnowsHoldsUntilTheNextBroadcast() {
    Machine machine = Machine.watched();
    machine.look(Outcome.UNKNOWN);
    assertEquals(RoomState.UNKNOWN, machine.room.state());
    assertEquals(REMEMBERED, machine.room.stop(machine.now));
    assertIsOnlyLookedAtUntilTheNextBroadcast(machine);
  }

  @Test
  void aStopOfAPausedRoomThatWaitsEndsTheWaiting() {
    Machine machine = Machine.paused();
    machine.room.start(machine.now);
    long question = machine.room.question();
    machine.answer(question, Outcome.OFFLINE);
    machine.endedEmpty(question);

    assertEquals(List.of(), machine.room.stop(machine.now));

    assertEquals(RoomState.PAUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(100 * Machine.EVERY));
  }

  @Test
  void aStopOfARoomThatIsOfflineSaysNothing() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    assertEquals(List.of(), machine.room.stop(machine.now));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void aStopIsTakenBackByAStart() {
    Machine machine = Machine.recording();
    machine.ended(1, EndCause.DISK);
    machine.room.stop(machine.now);
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ask(2, true)),
        machine.room.start(machine.now));
  }

  @Test
  void aRefusedSourceIsNotAskedAgainAtOnce() {
    Machine machine = Machine.recording();
    machine.ended(1, EndCause.REFUSED);
    assertEquals(RoomState.REFUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(Machine.EVERY - 1));
  }

  private static void assertIsOnlyLookedAtUntilTheNextBroadcast(Machine machine) {
    machine.now += 10 * Machine.EVERY;
    assertEquals(List.of(new Effect.Ask(2, false)), machine.tick());
    machine.answer(2, Outcome.LIVE);
    machine.endedEmpty(2);
    machine.now += Machine.EVERY;
    machine.look(Outcome.OFFLINE);
    machine.now += Machine.GRACE;
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ended()), machine.look(Outcome.OFFLINE));
    machine.now += Machine.EVERY;
    assertEquals(List.of(new Effect.Ask(5, true)), machine.tick());
  }
}
