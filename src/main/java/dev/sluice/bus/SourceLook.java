package dev.sluice.bus;

import dev.sluice.room.Liveness;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;

/**
 * Asks for one look at a room's source: until the first media, without a recorder.
 *
 * @param room which room
 * @param link the room's link
 * @param connection how to connect
 */
public record SourceLook(RoomKey room, String link, Connection connection) {
  /**
   * What was found.
   *
   * @param liveness three-valued: who does not answer is not off air
   * @param reason in words
   * @param quality picture size and codecs, empty when it is not live
   */
  public record Found(Liveness liveness, Reason reason, String quality) {}
}
