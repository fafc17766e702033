package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer.Outcome;
import dev.sluice.room.RoomState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a room does on looks, answers and ends, when nobody interferes. */
class RoomMachineTest {

  @Test
  void looksAtOnceAndAsksForARecorder() {
    Machine machine = Machine.watched();
    assertEquals(Optional.of(machine.now), machine.room.nextLook());
    assertEquals(List.of(new Effect.Ask(1, true)), machine.tick());
    assertEquals(RoomState.STARTING, machine.room.state());
    assertEquals(Optional.empty(), machine.room.nextLook(), "a question is open");
  }

  @Test
  void doesNotLookBeforeItsTime() {
    Machine machine = Machine.watched();
    machine.now--;
    assertEquals(List.of(), machine.tick());
    assertEquals(List.of(new Effect.Ask(1, true)), machine.tickAfter(1));
  }

  @Test
  void asksNothingWhileAQuestionIsOpen() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(List.of(), machine.tickAfter(1_000_000));
    assertEquals(List.of(), machine.room.check(machine.now));
    assertEquals(List.of(), machine.room.start(machine.now));
  }

  @Test
  void recordsWhatHasStarted() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(List.of(new Effect.Began()), machine.answer(1, Outcome.STARTED));
    assertEquals(RoomState.RECORDING, machine.room.state());
    assertTrue(machine.room.isRecording());
    assertEquals(Optional.empty(), machine.room.reason());
    assertEquals(1, machine.room.question());
  }

  @ParameterizedTest
  @CsvSource({
    "OFFLINE, WAITING, 30000",
    "UNKNOWN, UNKNOWN, 30000",
    "REFUSED, REFUSED, 60000",
  })
  void showsWhatALookFoundAndWaits(Outcome outcome, RoomState state, long wait) {
    Machine machine = Machine.watched();
    machine.look(outcome);
    assertEquals(state, machine.room.state());
    assertTrue(machine.room.reason().isPresent());
    assertEquals(List.of(), machine.tickAfter(wait - 1));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(1));
    assertEquals(state, machine.room.state(), "a later look keeps what is known on the page");
  }

  @Test
  void aCheckDoesNotWaitForTheInterval() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.room.check(machine.now));
  }

  @Test
  void anAnswerToAnotherQuestionIsDropped() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    machine.tickAfter(Machine.EVERY);
    assertEquals(List.of(), machine.answer(1, Outcome.STARTED));
    assertEquals(List.of(), machine.answer(3, Outcome.STARTED));
    assertEquals(RoomState.WAITING, machine.room.state());
    assertEquals(List.of(new Effect.Began()), machine.answer(2, Outcome.STARTED));
  }

  @Test
  void theEndOfAnotherQuestionIsDropped() {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.ended(2, EndCause.OVER));
    assertEquals(List.of(), machine.ended(0, EndCause.OVER));
    assertEquals(RoomState.RECORDING, machine.room.state());
  }

  @Test
  void anAnswerAfterItsEndIsDropped() {
    Machine machine = Machine.watched();
    machine.tick();
    machine.endedEmpty(1);
    RoomState state = machine.room.state();
    assertEquals(List.of(), machine.answer(1, Outcome.STARTED));
    assertEquals(state, machine.room.state());
    assertEquals(0, machine.room.question());
  }

  @Test
  void anEndWithoutAnAnswerSaysUnknownAndWaitsForTheInterval() {
    Machine machine = Machine.watched();
    machine.tick();
    machine.endedEmpty(1);
    assertEquals(RoomState.UNKNOWN, machine.room.state());
    assertEquals(List.of(), machine.tickAfter(Machine.EVERY - 1));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(1));
  }

  @Test
  void aLaterEndWithoutAnAnswerWaitsForTheIntervalToo() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    machine.tickAfter(Machine.EVERY);
    machine.endedEmpty(2);
    assertEquals(RoomState.UNKNOWN, machine.room.state(), "this look has told nothing");
    assertEquals(List.of(), machine.tickAfter(Machine.EVERY - 1));
    assertEquals(List.of(new Effect.Ask(3, true)), machine.tickAfter(1));
  }

  @Test
  void aRecordingThatEndedBeforeItsAnswerIsARecording() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(List.of(new Effect.Ended()), machine.ended(1, EndCause.OVER));
    assertEquals(RoomState.WAITING, machine.room.state());
    assertEquals(List.of(), machine.answer(1, Outcome.STARTED));
  }

  @Test
  void theEndOfABroadcastIsToldOnceAndTheRoomWaits() {
    Machine machine = Machine.recording();
    assertEquals(List.of(new Effect.Ended()), machine.ended(1, EndCause.OVER));
    assertEquals(RoomState.WAITING, machine.room.state());
    assertEquals(List.of(), machine.ended(1, EndCause.OVER));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(Machine.EVERY));
  }

  @ParameterizedTest
  @EnumSource(names = {"DISK", "FAILED"})
  void aFailureIsShownAndTriedAgainSoon(EndCause cause) {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.ended(1, cause));
    assertEquals(RoomState.REFUSED, machine.room.state());
    assertTrue(machine.room.reason().isPresent());
    assertEquals(List.of(), machine.tickAfter(9_999));
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(1));
  }

  @Test
  void aLostConnectionIsGraceUntilMediaComesAgain() {
    Machine machine = Machine.recording();
    machine.room.progress(false, machine.now);
    assertEquals(RoomState.GRACE, machine.room.state());
    assertTrue(machine.room.isRecording());
    assertTrue(machine.room.reason().isPresent());
    machine.room.progress(true, machine.now);
    assertEquals(RoomState.RECORDING, machine.room.state());
    assertEquals(1, machine.room.question(), "still the same attempt");
  }

  @Test
  void progressOfAnAttemptThatIsOverChangesNothing() {
    Machine machine = Machine.recording();
    machine.ended(1, EndCause.OVER);
    machine.room.progress(true, machine.now);
    assertEquals(RoomState.WAITING, machine.room.state());
    assertFalse(machine.room.isRecording());
  }

  @Test
  void noAnswerCancelsTheQuestionAndItsEndIsAwaited() {
    Machine machine = Machine.watched();
    machine.tick();
    assertEquals(
        List.of(new Effect.Stop(1, EndCause.UNWANTED)), machine.room.noAnswer(1, machine.now));
    assertEquals(RoomState.STARTING, machine.room.state(), "a time-out is no refusal");
    assertEquals(List.of(), machine.tickAfter(Machine.EVERY), "it may still open late");
    machine.endedEmpty(1);
    assertEquals(List.of(new Effect.Ask(2, true)), machine.tickAfter(Machine.EVERY));
  }

  @Test
  void noAnswerToAnotherQuestionOrOfARecordingChangesNothing() {
    Machine machine = Machine.recording();
    assertEquals(List.of(), machine.room.noAnswer(1, machine.now));
    machine.ended(1, EndCause.OVER);
    assertEquals(List.of(), machine.room.noAnswer(1, machine.now));
    machine.tickAfter(Machine.EVERY);
    assertEquals(List.of(), machine.room.noAnswer(1, machine.now));
  }

  @Test
  void sinceIsWhenTheStateWasEntered() {
    Machine machine = Machine.watched();
    machine.look(Outcome.OFFLINE);
    long entered = machine.now;
    machine.now += Machine.EVERY;
    machine.look(Outcome.OFFLINE);
    assertEquals(entered, machine.room.since());
    machine.now += Machine.EVERY;
    machine.look(Outcome.UNKNOWN);
    assertEquals(machine.now, machine.room.since());
  }
}
