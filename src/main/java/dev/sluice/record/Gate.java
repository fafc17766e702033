package dev.sluice.record;

import dev.sluice.room.RoomKey;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;

/**
 * One recorder per room in this process: a shared local map whose {@code putIfAbsent} is the
 * decision itself. The lock against other processes is in {@link RoomLocks}.
 */
final class Gate {
  private final LocalMap<String, Token> holders;

  Gate(Vertx vertx) {
    holders = vertx.sharedData().getLocalMap("sluice.gate");
  }

  /**
   * Who holds a room.
   *
   * @param question number of the question that took it
   */
  record Token(long question) implements Shareable {}

  /** Takes the room unless somebody holds it. */
  boolean take(RoomKey room, Token token) {
    return holders.putIfAbsent(room.toString(), token) == null;
  }

  /** Gives the room back if the token still holds it. */
  void giveBack(RoomKey room, Token token) {
    holders.removeIfPresent(room.toString(), token);
  }
}
