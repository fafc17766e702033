package dev.sluice.bus;

import java.util.Objects;

/**
 * What a person or a push wants of a room.
 *
 * @param roomId public id of the room
 * @param action what to do
 */
public record RoomCommand(String roomId, Action action) {
  public RoomCommand {
    Objects.requireNonNull(roomId, "roomId");
    Objects.requireNonNull(action, "action");
  }

  /** The buttons of a room. */
  public enum Action {
    /** Look now. */
    CHECK,
    /** Record now, also when the user had stopped this broadcast. */
    START,
    /** Stop, and do not record again until the next broadcast. */
    STOP,
    /** Begin a new file at the next key frame. */
    CUT
  }
}
