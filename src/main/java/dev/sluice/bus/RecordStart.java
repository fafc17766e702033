package dev.sluice.bus;

import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;
import java.util.Objects;

/**
 * Asks for a recorder.
 *
 * @param room which room
 * @param link the room's link, asked anew on every connection
 * @param question number that the answer carries; a stop may name it before an epoch is known
 * @param wanted false: only look whether the room is live, record nothing
 * @param plan how to record
 * @param connection how to connect
 */
public record RecordStart(
    RoomKey room,
    String link,
    long question,
    boolean wanted,
    RecordPlan plan,
    Connection connection) {
  public RecordStart {
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(connection, "connection");
  }
}
