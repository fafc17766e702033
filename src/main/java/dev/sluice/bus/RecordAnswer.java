package dev.sluice.bus;

import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;

/**
 * The answer to {@link RecordStart}.
 *
 * @param room which room
 * @param question number of the question
 * @param outcome what came of it
 * @param epoch number of the attempt when {@link Outcome#STARTED}, else 0
 * @param reason in words
 */
public record RecordAnswer(
    RoomKey room, long question, Outcome outcome, long epoch, Reason reason) {

  /** What came of a question. */
  public enum Outcome {
    /** Media arrives and an attempt writes. */
    STARTED,
    /** The room is live; nothing was asked to be recorded. */
    LIVE,
    /** The source says that the room is not on air. */
    OFFLINE,
    /** No clear answer. */
    UNKNOWN,
    /** Another attempt holds the room, or this source cannot be recorded. */
    REFUSED
  }
}
