package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/** What happened between a recorder and its source: for counting, nobody acts on it. */
public sealed interface SourceNews {
  /** Which room. */
  RoomKey room();

  /**
   * The source, or whoever hands it out, was asked once.
   *
   * @param status of the answer, 0 without one
   */
  record Asked(RoomKey room, int status) implements SourceNews {}

  /**
   * A connection that delivered media ended while the attempt goes on.
   *
   * @param cause in two or three words
   */
  record Lost(RoomKey room, String cause) implements SourceNews {}
}
