package dev.sluice.bus;

import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;

/**
 * An attempt is over and its files are closed.
 *
 * @param room which room
 * @param question the question that began it
 * @param epoch its number; 0 when it ended before media came
 * @param recording row id of the recording; 0 when there is none
 * @param cause why
 * @param reason in words
 */
public record RecordingEnded(
    RoomKey room, long question, long epoch, long recording, EndCause cause, Reason reason) {}
