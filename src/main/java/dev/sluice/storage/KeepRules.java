package dev.sluice.storage;

import dev.sluice.room.RoomKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the settings say about keeping recordings.
 *
 * @param trashFor how long a recording stays in the trash
 * @param total bytes that all kept recordings may have together
 * @param others for rooms that the settings do not name
 * @param rooms by room
 * @param unsure whether a room of the settings could not be identified: what it keeps is then not
 *     known, and what no other room is known to have is not taken
 */
record KeepRules(
    Duration trashFor,
    Optional<Long> total,
    Keep others,
    Map<RoomKey, Keep> rooms,
    boolean unsure) {
  KeepRules {
    rooms = Map.copyOf(rooms);
  }

  /**
   * For one room.
   *
   * @param age how long a recording is kept after its end
   * @param size bytes that the room's recordings may have together
   */
  record Keep(Optional<Duration> age, Optional<Long> size) {
    /** Everything, for ever. */
    static final Keep ALL = new Keep(Optional.empty(), Optional.empty());

    private Keep withoutAge() {
      return new Keep(Optional.empty(), size);
    }
  }

  /** What holds for a room's recordings. */
  Keep of(RoomKey room) {
    return rooms.getOrDefault(room, others);
  }

  /** Whether it is not known what the settings want for this room. */
  boolean isUnsure(RoomKey room) {
    return unsure && !rooms.containsKey(room);
  }

  /** The same without the rules that look at a clock. */
  KeepRules withoutAge() {
    Map<RoomKey, Keep> sizes = new HashMap<>();
    rooms.forEach((room, keep) -> sizes.put(room, keep.withoutAge()));
    return new KeepRules(trashFor, total, others.withoutAge(), sizes, unsure);
  }

  /** Whether any rule could take anything. */
  boolean takeNothing() {
    return total.isEmpty()
        && Set.of(Keep.ALL).containsAll(rooms.values())
        && others.equals(Keep.ALL);
  }
}
