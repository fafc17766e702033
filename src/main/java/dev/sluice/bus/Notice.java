package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.util.Optional;

/**
 * Something a person should know.
 *
 * @param level how much it matters
 * @param roomId public id of the room it is about
 * @param reason what it is
 */
public record Notice(Level level, Optional<String> roomId, Reason reason) {
  /** How much a notice matters. */
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
