package dev.sluice.record;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordAnswer;
import dev.sluice.room.Reason;

/** What a recorder tells the one who deployed it. Called on the recorder's thread. */
interface Recorders {
  /** The answer to the question; exactly once. */
  void answered(RecorderVerticle recorder, RecordAnswer.Outcome outcome, Reason reason);

  /** Everything is closed; exactly once, after the answer. */
  void ended(RecorderVerticle recorder, EndCause cause, Reason reason);
}
