package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one broadcast.
 *
 * @param id row id
 * @param room which room
 * @param roomName its name at the beginning
 * @param title its title at the beginning, may be empty
 * @param startedAt first frame's arrival
 * @param endedAt end of the broadcast; empty while it goes on or after a crash
 * @param lastByteAt when its files last grew
 * @param duplicateFrames repeats dropped
 * @param coverage path of the coverage file relative to the root; empty until the first segment
 *     closed
 */
public record RecordingRow(
    long id,
    RoomKey room,
    String roomName,
    String title,
    Instant startedAt,
    Optional<Instant> endedAt,
    Instant lastByteAt,
    long duplicateFrames,
    Optional<String> coverage) {}
