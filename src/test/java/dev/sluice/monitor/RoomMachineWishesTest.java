package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.Mode;
import dev.sluice.room.RoomState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a room does when people press buttons and change its settings. */
class RoomMachineWishesTest {
  private static final Effect STOP = new Effect.Stop(1, EndCause.STOPPED);
  private static final Effect UNWANTED = new Effect.Stop(1, EndCause.UNWANTED);

  @Test
  void stopEndsTheRecordingAndIsRemembered() {
    Machine machine = Machine.recording();
    assertEquals(List.of(new Effect.Remember(true), STOP), machine.room.stop(machine.now));
    assertEquals(RoomState.STOPPING, machine.room.state());
    machine.ended(1, EndCause.STOPPED);
    assertEquals(RoomState.LIVE, machine.room.state());
    assertEquals("stopped.by_user", machine.room.reason().orElseThrow().key());
  }

  @Test
  void whatWasStoppedIsOnlyLookedAt() {
    Machine machine = stopped();
    assertEquals(List.of(new Effect.Ask(2, false)), machine.tickAfter(Machine.EVERY));
    machine.answer(2, Outcome.LIVE);
    machine.endedEmpty(2);
    assertEquals(RoomState.LIVE, machine.room.state());
    assertEquals("stopped.by_user", machine.room.reason().orElseThrow().key());
    assertEquals(List.of(), machine.tickAfter(Machine.EVERY - 1));
    assertEquals(List.of(new Effect.Ask(3, false)), machine.tickAfter(1));
  }

  @Test
  void aStopHoldsOverARestart() {
    Machine machine = Machine.stoppedBefore();
    assertEquals(List.of(new Effect.Ask(1, false)), machine.tick());
  }

  @Test
  void aStopHoldsThroughOneOfflineAnswerAndThroughTheGraceTime() {
    Machine machine = stopped();
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE), "one answer");
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE), "two answers, grace time not over");
    machine.now += Machine.EVERY;
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ended()), machine.look(Outcome.OFFLINE));
    assertEquals(List.of(new Effect.Ask(5, true)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void oneOfflineAnswerIsNotEnoughHoweverLongItStands() {
    Machine machine = stopped();
    machine.now += 10 * Machine.GRACE;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE));
    machine.now += Machine.GRACE;
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ended()), machine.look(Outcome.OFFLINE));
  }

  @Test
  void oneOfflineAnswerIsNotEnoughWithoutAGraceTimeEither() {
    Machine machine = stopped();
    machine.room.settings(Mode.RECORD, Machine.EVERY, 0, machine.now);
    machine.now += Machine.EVERY;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE));
    machine.now += Machine.EVERY;
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ended()), machine.look(Outcome.OFFLINE));
  }

  @Test
  void aLiveAnswerInBetweenBeginsTheCountAnew() {
    Machine machine = stopped();
    machine.now += Machine.EVERY;
    machine.look(Outcome.OFFLINE);
    machine.now += Machine.GRACE;
    machine.look(Outcome.LIVE);
    machine.now += Machine.GRACE;
    assertEquals(List.of(), machine.look(Outcome.OFFLINE), "the first after it was live again");
    assertEquals(List.of(new Effect.Ask(5, false)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void unclearAnswersDoNotEndABroadcast() {
    Machine machine = stopped();
    for (int i = 0; i < 10; i++) {
      machine.now += Machine.GRACE;
      assertEquals(List.of(), machine.look(Outcome.UNKNOWN));
    }
    assertEquals(List.of(new Effect.Ask(12, false)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void startLiftsTheStopAndRecordsAtOnce() {
    Machine machine = stopped();
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ask(2, true)),
        machine.room.start(machine.now));
    assertEquals(RoomState.STARTING, machine.room.state());
  }

  @Test
  void startDuringAMereLookRecordsRightAfterIt() {
    Machine machine = stopped();
    machine.tickAfter(Machine.EVERY);
    assertEquals(List.of(new Effect.Remember(false)), machine.room.start(machine.now));
    machine.answer(2, Outcome.LIVE);
    machine.endedEmpty(2);
    assertEquals(List.of(new Effect.Ask(3, true)), machine.tick());
  }

  @Test
  void startWhileStoppingRecordsAgainAtOnce() {
    Machine machine = Machine.recording();
    machine.room.stop(machine.now);
    assertEquals(List.of(new Effect.Remember(false)), machine.room.start(machine.now));
    machine.ended(1, EndCause.STOPPED);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
  }

  @Test
  void startWhileAPausedRoomStopsRecordsAgainAtOnce() {
    Machine machine = Machine.recording();
    machine.watch(false);
    machine.room.start(machine.now);
    machine.ended(1, EndCause.UNWANTED);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
    machine.answer(2, Outcome.STARTED);
    machine.ended(2, EndCause.OVER);
    assertEquals(RoomState.PAUSED, machine.room.state(), "one recording was asked for");
  }

  @Test
  void startOfARunningRecordingDoesNothing() {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.room.start(machine.now));
    assertEquals(RoomState.RECORDING, machine.room.state());
  }

  @Test
  void stopBeforeTheAnswerSaysNothingOfTheRoomBeingLive() {
    Machine machine = Machine.watched();
    machine.tick();
    machine.room.stop(machine.now);
    assertEquals(List.of(), machine.answer(1, Outcome.STARTED), "what opens late is closed");
    machine.endedEmpty(1);
    assertEquals(RoomState.UNKNOWN, machine.room.state());
    assertEquals(List.of(new Effect.Ask(2, false)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void aBroadcastThatEndsBesideTheStopEndsTheStopToo() {
    Machine machine = Machine.recording();
    machine.room.stop(machine.now);
    assertEquals(
        List.of(new Effect.Remember(false), new Effect.Ended()), machine.ended(1, EndCause.OVER));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void aPausedRoomIsNotLookedAt() {
    Machine machine = Machine.paused();
    assertEquals(RoomState.PAUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(1_000_000));
    assertEquals(List.of(), machine.room.check(machine.now));
    assertEquals(Optional.empty(), machine.room.nextLook());
  }

  @Test
  void aPausedRoomRecordsOnceWhenToldTo() {
    Machine machine = Machine.paused();
    assertEquals(List.of(new Effect.Ask(1, true)), machine.room.start(machine.now));
    machine.answer(1, Outcome.STARTED);
    assertEquals(List.of(new Effect.Ended()), machine.ended(1, EndCause.OVER));
    assertEquals(RoomState.PAUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(1_000_000));
  }

  @Test
  void aPausedRoomToldToRecordWaitsForItsBroadcast() {
    Machine machine = Machine.paused();
    machine.room.start(machine.now);
    machine.answer(1, Outcome.OFFLINE);
    machine.endedEmpty(1);
    assertEquals(RoomState.WAITING, machine.room.state());
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void stopEndsTheWaitOfAPausedRoom() {
    Machine machine = Machine.paused();
    machine.room.start(machine.now);
    machine.answer(1, Outcome.OFFLINE);
    machine.endedEmpty(1);
    assertEquals(List.of(), machine.room.stop(machine.now));
    assertEquals(RoomState.PAUSED, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(1_000_000));
  }

  @Test
  void pausingEndsTheRecording() {
    Machine machine = Machine.recording();
    assertEquals(List.of(UNWANTED), machine.watch(false));
    assertEquals(RoomState.STOPPING, machine.room.state());
    assertEquals(List.of(new Effect.Ended()), machine.ended(1, EndCause.UNWANTED));
    assertEquals(RoomState.PAUSED, machine.room.state());
  }

  @Test
  void watchingAgainWhileStoppingRecordsAgainAtOnce() {
    Machine machine = Machine.recording();
    machine.watch(false);
    assertEquals(List.of(), machine.watch(true));
    assertEquals(List.of(), machine.tick(), "the files of the old attempt are still open");
    machine.ended(1, EndCause.UNWANTED);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
  }

  @Test
  void watchingAPausedRoomLooksAtOnce() {
    Machine machine = Machine.paused();
    machine.watch(true);
    assertEquals(List.of(new Effect.Ask(1, true)), machine.tick());
  }

  @Test
  void settingsThatDoNotConcernARecordingLeaveItAlone() {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.room.settings(Mode.RECORD, 5_000, 10_000, machine.now));
    assertEquals(RoomState.RECORDING, machine.room.state());
    assertEquals(1, machine.room.question());
  }

  @Test
  void aShorterIntervalHoldsAtOnce() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    machine.room.settings(Mode.RECORD, 5_000, Machine.GRACE, machine.now);
    assertEquals(List.of(), machine.tickAfter(4_999));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(1));
  }

  @Test
  void removingAnIdleRoomIsDoneAtOnce() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    assertEquals(List.of(new Effect.Gone()), machine.room.remove(machine.now));
    assertEquals(List.of(), machine.tickAfter(1_000_000));
    assertEquals(List.of(), machine.room.check(machine.now));
    assertEquals(List.of(), machine.room.start(machine.now));
  }

  @Test
  void removingARecordingRoomWaitsForItsFiles() {
    Machine machine = Machine.recording();
    assertEquals(List.of(UNWANTED), machine.room.remove(machine.now));
    assertFalse(machine.room.isWatched());
    assertEquals(List.of(), machine.tickAfter(1_000_000));
    assertEquals(List.of(new Effect.Gone()), machine.ended(1, EndCause.UNWANTED));
    assertEquals(List.of(), machine.ended(1, EndCause.UNWANTED), "gone is told once");
  }

  @Test
  void aRoomThatIsAddedAgainWhileStoppingStays() {
    Machine machine = Machine.recording();
    machine.room.remove(machine.now);
    assertEquals(List.of(), machine.watch(true));
    assertTrue(machine.room.isWatched());
    assertEquals(List.of(), machine.ended(1, EndCause.UNWANTED));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tick());
  }

  @Test
  void aRoomThatIsAddedAgainAsPausedStaysPaused() {
    Machine machine = Machine.recording();
    machine.room.remove(machine.now);
    machine.watch(false);
    assertEquals(List.of(new Effect.Ended()), machine.ended(1, EndCause.UNWANTED));
    assertEquals(RoomState.PAUSED, machine.room.state());
  }

  private static Machine stopped() {
    Machine machine = Machine.recording();
    machine.room.stop(machine.now);
    machine.ended(1, EndCause.STOPPED);
    return machine;
  }
}
