package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/**
 * Ends the attempt that a question began; harmless when that attempt is over.
 *
 * @param room which room
 * @param question the question that began the attempt
 * @param why what it is ended for
 */
public record RecordStop(RoomKey room, long question, EndCause why) {}
