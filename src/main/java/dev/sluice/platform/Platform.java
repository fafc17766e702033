package dev.sluice.platform;

import dev.sluice.room.RoomKey;
import dev.sluice.settings.Connection;
import io.vertx.core.Future;

/** One site. Implementations keep no state of rooms and may be called from any context. */
public interface Platform {
  /** Lower-case name, the first part of a {@link RoomKey}. */
  String name();

  /** Whether this platform can make something of the link. */
  boolean understands(String link);

  /**
   * Who the link names.
   *
   * @return the identity, or a failure with {@link LinkException}
   */
  Future<Identity> identify(String link);

  /** A playable source, asked anew for every connection. */
  Future<Source> source(String link, Connection connection);

  /**
   * A room, as far as the link alone tells.
   *
   * @param key identity
   * @param name to show while nothing better is known
   */
  record Identity(RoomKey key, String name) {}
}
