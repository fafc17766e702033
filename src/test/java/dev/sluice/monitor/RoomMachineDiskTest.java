package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a room does when its disk has no space, or does not answer. */
class RoomMachineDiskTest {
  private static final Reason FULL = Reason.of("storage.closed", "waiting for disk space");

  private static List<Effect> full(Machine machine) {
    return machine.room.disk(Optional.of(FULL), true, machine.now);
  }

  private static List<Effect> space(Machine machine) {
    return machine.room.disk(Optional.empty(), false, machine.now);
  }

  @Test
  void endsWhatRunsAndGoesOnByItselfWhenThereIsSpace() {
    Machine machine = Machine.recording();
    assertEquals(List.of(new Effect.Stop(1, EndCause.SPACE)), full(machine));
    assertEquals(List.of(), full(machine), "said once");
    assertEquals(List.of(), machine.ended(1, EndCause.SPACE), "the broadcast goes on");
    assertEquals(RoomState.REFUSED, machine.room.state());
    assertEquals(Optional.of(FULL), machine.room.reason());

    assertEquals(List.of(new Effect.Ask(2, false)), machine.tickAfter(10_000), "looks only");
    machine.answer(2, Outcome.LIVE);
    machine.endedEmpty(2);
    assertEquals(RoomState.REFUSED, machine.room.state());
    assertEquals(List.of(), machine.tick());

    assertEquals(List.of(), space(machine));
    assertEquals(List.of(new Effect.Ask(3, true)), machine.tick(), "at once");
    assertEquals(List.of(), machine.answer(3, Outcome.STARTED), "the same broadcast");
    assertEquals(List.of(new Effect.Ended()), machine.ended(3, EndCause.OVER));
  }

  @Test
  void aDiskThatDoesNotAnswerEndsNothingThatRuns() {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.room.disk(Optional.of(FULL), false, machine.now));
    assertEquals(RoomState.RECORDING, machine.room.state());
  }

  @Test
  void whatWasAskedBeforeTheDiskWasFullIsEndedAtOnce() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(List.of(), full(machine));
    assertEquals(
        List.of(new Effect.Began(), new Effect.Stop(1, EndCause.SPACE)),
        machine.answer(1, Outcome.STARTED));
    machine.ended(1, EndCause.SPACE);
    space(machine);
    machine.tick();
    assertEquals(List.of(), machine.answer(2, Outcome.STARTED), "told already");
  }

  @Test
  void whatAPersonBeganByHandGoesOnToo() {
    Machine machine = Machine.notifying();
    machine.look(Outcome.LIVE);
    machine.room.start(machine.now);
    machine.answer(machine.room.question(), Outcome.STARTED);
    full(machine);
    assertEquals(List.of(), machine.ended(machine.room.question(), EndCause.SPACE));
    space(machine);
    assertEquals(List.of(new Effect.Ask(3, true)), machine.tick());
  }

  @Test
  void recordNowWhileItEndsTellsNoSecondBroadcast() {
    Machine machine = Machine.recording();
    full(machine);
    machine.room.start(machine.now);
    machine.ended(1, EndCause.SPACE);
    space(machine);
    machine.tick();
    assertEquals(List.of(), machine.answer(2, Outcome.STARTED));
  }

  @Test
  void roomsOffAirAndRoomsThatAreOnlyToldAreNotConcerned() {
    Machine machine = Machine.watched();
    full(machine);
    machine.look(Outcome.OFFLINE);
    assertEquals(RoomState.WAITING, machine.room.state());

    Machine told = Machine.notifying();
    full(told);
    assertEquals(List.of(new Effect.Began()), told.look(Outcome.LIVE));
    assertEquals(RoomState.LIVE, told.room.state());
  }

  @Test
  void aPersonMayStopAndPauseWhileItWaits() {
    Machine machine = Machine.watched();
    full(machine);
    machine.look(Outcome.LIVE);
    assertEquals(List.of(new Effect.Remember(true)), machine.room.stop(machine.now));
    space(machine);
    machine.tickAfter(Machine.EVERY);
    assertEquals(Optional.of("stopped.by_user"), machine.room.reason().map(Reason::key));
    machine.endedEmpty(machine.room.question());
    machine.mode(Mode.PAUSED);
    assertEquals(RoomState.PAUSED, machine.room.state());
  }

  @Test
  void aBroadcastThatEndsWhileItWaitsIsToldToHaveEnded() {
    Machine machine = Machine.recording();
    full(machine);
    machine.ended(1, EndCause.SPACE);
    machine.now += Machine.GRACE;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE));
    machine.now += Machine.GRACE;
    assertEquals(List.of(new Effect.Ended()), machine.look(Outcome.OFFLINE));
    assertEquals(RoomState.WAITING, machine.room.state());
  }
}
