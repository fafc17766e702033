package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.Mode;
import dev.sluice.room.RoomState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room that is watched and told, and not recorded. */
class RoomMachineNotifyTest {
  private static final List<Effect> BEGAN = List.of(new Effect.Began());
  private static final List<Effect> ENDED = List.of(new Effect.Ended());

  private static Machine live() {
    Machine machine = Machine.notifying();
    assertEquals(List.of(new Effect.Ask(1, false)), machine.tick(), "it only looks");
    assertEquals(BEGAN, machine.answer(1, Outcome.LIVE));
    assertEquals(List.of(), machine.endedEmpty(1));
    return machine;
  }

  @Test
  void tellsOnceThatABroadcastBeganAndOnceThatItEnded() {
    Machine machine = live();
    assertEquals(RoomState.LIVE, machine.room.state());
    assertEquals("notify", machine.room.reason().orElseThrow().key());
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.LIVE), "told already");
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.UNKNOWN));
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE), "one answer is no end");
    machine.now += Machine.GRACE;
    assertEquals(ENDED, machine.look(Outcome.OFFLINE));
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE));
    machine.now += Machine.EVERY;
    assertEquals(BEGAN, machine.look(Outcome.LIVE), "the next broadcast");
  }

  @Test
  void aDropInsideTheGraceTimeIsNoNewBroadcast() {
    Machine machine = live();
    machine.now += Machine.EVERY;
    machine.look(Outcome.OFFLINE);
    machine.now += Machine.GRACE / 2;
    assertEquals(List.of(), machine.look(Outcome.LIVE));
  }

  @Test
  void recordsAtOnceInTheSameBroadcastWhenThatIsWanted() {
    Machine machine = live();
    machine.now += 5;
    assertEquals(List.of(), machine.mode(Mode.RECORD));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
    assertEquals(List.of(), machine.answer(2, Outcome.STARTED), "it was told already");
    assertEquals(RoomState.RECORDING, machine.room.state());
    assertEquals(ENDED, machine.ended(2, EndCause.OVER));
  }

  @Test
  void aLookThatIsUnderWayLeadsToARecordingWhenThatIsWantedMeanwhile() {
    Machine machine = Machine.notifying();
    machine.tick();
    machine.mode(Mode.RECORD);
    machine.answer(1, Outcome.LIVE);
    machine.endedEmpty(1);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
    assertEquals(BEGAN, machine.answer(2, Outcome.STARTED));
  }

  @Test
  void aRecordingThatBeginsWhenItIsNoLongerWantedEndsAtOnce() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(List.of(), machine.mode(Mode.NOTIFY));
    assertEquals(
        List.of(new Effect.Stop(1, EndCause.UNWANTED)), machine.answer(1, Outcome.STARTED));
    assertEquals(RoomState.STOPPING, machine.room.state());
    machine.ended(1, EndCause.UNWANTED);
    machine.now += Machine.EVERY;
    assertEquals(List.of(new Effect.Ask(2, false)), machine.tick(), "it goes on looking");
    assertEquals(BEGAN, machine.answer(2, Outcome.LIVE));
  }

  @Test
  void endsARecordingThatIsNoLongerWantedAndGoesOnLooking() {
    Machine machine = Machine.recording();
    assertEquals(List.of(new Effect.Stop(1, EndCause.UNWANTED)), machine.mode(Mode.NOTIFY));
    assertEquals(List.of(), machine.ended(1, EndCause.UNWANTED));
    assertEquals(List.of(new Effect.Ask(2, false)), machine.tick());
    assertEquals(List.of(), machine.answer(2, Outcome.LIVE), "its beginning was told");
    machine.endedEmpty(2);
    machine.now += Machine.EVERY;
    machine.look(Outcome.OFFLINE);
    machine.now += Machine.GRACE;
    assertEquals(ENDED, machine.look(Outcome.OFFLINE));
  }

  @Test
  void aRecordingStartedByHandIsKeptAndHoldsForThisOneAlone() {
    Machine machine = live();
    assertTrue(machine.room.start(machine.now).contains(new Effect.Ask(2, true)));
    machine.answer(2, Outcome.STARTED);
    assertEquals(RoomState.RECORDING, machine.room.state());
    assertEquals(ENDED, machine.ended(2, EndCause.OVER));
    machine.now += Machine.EVERY;
    assertEquals(List.of(new Effect.Ask(3, false)), machine.tick());
  }

  @Test
  void aStopByHandHoldsAsEver() {
    Machine machine = live();
    machine.room.start(machine.now);
    machine.answer(2, Outcome.STARTED);
    assertEquals(
        List.of(new Effect.Remember(true), new Effect.Stop(2, EndCause.STOPPED)),
        machine.room.stop(machine.now));
    machine.ended(2, EndCause.STOPPED);
    assertEquals(RoomState.LIVE, machine.room.state());
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.LIVE));
    assertEquals("stopped.by_user", machine.room.reason().orElseThrow().key());
  }

  @Test
  void pausingEndsTheLooks() {
    Machine machine = live();
    assertEquals(List.of(), machine.mode(Mode.PAUSED));
    assertEquals(RoomState.PAUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(10 * Machine.EVERY));
    machine.mode(Mode.NOTIFY);
    assertEquals(BEGAN, machine.look(Outcome.LIVE));
  }

  @Test
  void aLinkThatOnlyEverAnswersWithoutMediaEndsItsBroadcastToo() {
    Machine machine = live();
    for (int i = 0; i < 3; i++) {
      machine.now += Machine.EVERY;
      assertEquals(List.of(), machine.silentLook());
      assertEquals(RoomState.UNKNOWN, machine.room.state(), "that is not off air for certain");
    }
    machine.now += Machine.EVERY;
    assertEquals(ENDED, machine.silentLook());
    machine.now += Machine.EVERY;
    assertEquals(BEGAN, machine.look(Outcome.LIVE), "the next broadcast");
  }

  @Test
  void aStopIsLiftedByLooksWithoutMediaTooButNotByAnUnreachableNetwork() {
    Machine machine = Machine.stoppedBefore();
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(), machine.look(Outcome.UNKNOWN));
      machine.now += Machine.EVERY;
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(), machine.silentLook());
      machine.now += Machine.EVERY;
    }
    assertTrue(machine.silentLook().contains(new Effect.Remember(false)));
  }
}
