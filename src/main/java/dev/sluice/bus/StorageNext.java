package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules take next.
 *
 * @param items in the order in which they go; what goes now stands first
 * @param paused why nothing is taken by age at present, if so
 */
public record StorageNext(List<Item> items, Optional<Reason> paused) {
  public StorageNext {
    items = List.copyOf(items);
  }

  /**
   * One recording that a rule wants.
   *
   * @param recording row id
   * @param roomId public id of its room
   * @param roomName name of its room
   * @param title of the broadcast, may be empty
   * @param startedAt its beginning
   * @param bytes of finished segments
   * @param cause which rule: {@code age, room_size} or {@code total_size}
   * @param dueAt when; empty: now
   * @param locks why it is not taken all the same; empty: it is
   */
  public record Item(
      long recording,
      String roomId,
      String roomName,
      String title,
      Instant startedAt,
      long bytes,
      String cause,
      Optional<Instant> dueAt,
      List<Reason> locks) {
    public Item {
      locks = List.copyOf(locks);
    }
  }
}
