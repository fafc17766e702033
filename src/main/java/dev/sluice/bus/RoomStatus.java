package dev.sluice.bus;

import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.room.RoomState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole state of one room, as shown.
 *
 * @param id public id
 * @param key identity
 * @param links as the user gave them, at least one
 * @param name shown name
 * @param mode what a person wants of it
 * @param targets names of the targets its segments go to
 * @param state what the room's machine is in
 * @param reason why it does not record; empty while it records and all is well
 * @param since when it entered the state
 * @param nextLook when it is looked at again; empty when that is not planned
 * @param removed true in the last message about a room
 */
public record RoomStatus(
    String id,
    RoomKey key,
    List<String> links,
    String name,
    Mode mode,
    List<String> targets,
    RoomState state,
    Optional<Reason> reason,
    Instant since,
    Optional<Instant> nextLook,
    boolean removed) {
  public RoomStatus {
    links = List.copyOf(links);
    targets = List.copyOf(targets);
  }

  /** Asks for all rooms. */
  public record Ask() {}

  /** All rooms in the order of the settings. */
  public record All(List<RoomStatus> rooms) {
    public All {
      rooms = List.copyOf(rooms);
    }
  }
}
