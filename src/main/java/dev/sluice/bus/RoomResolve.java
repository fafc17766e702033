package dev.sluice.bus;

import dev.sluice.room.Liveness;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import java.util.Optional;

/**
 * Asks which room a link names. Nothing is recorded, and nothing that runs is touched.
 *
 * @param link as a person gave it
 * @param look whether to look if the room is live; otherwise that is unknown
 */
public record RoomResolve(String link, boolean look) {
  /** What the link names. */
  public sealed interface Answer {}

  /**
   * No room can be made of the link.
   *
   * @param key text key of the detail
   * @param detail why, and what to do
   */
  public record Refused(String key, String detail) implements Answer {}

  /**
   * A room.
   *
   * @param key its identity
   * @param name to show
   * @param watched how it is watched already; empty when it is not
   * @param liveness what the look found
   * @param reason the same in words; empty when nobody looked
   * @param quality picture size and codecs, empty when nothing is known
   */
  public record Room(
      RoomKey key,
      String name,
      Optional<Mode> watched,
      Liveness liveness,
      Optional<Reason> reason,
      String quality)
      implements Answer {}
}
