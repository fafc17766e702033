package dev.sluice.bus;

import dev.sluice.bus.LogLine.Level;
import java.util.List;
import java.util.Optional;

/**
 * Asks for events of the log.
 *
 * @param level this level and above
 * @param room only of the room with this public id
 * @param text only with this text, whatever the case
 * @param after only with a higher id
 * @param before only with a lower id
 * @param limit at most so many
 */
public record LogQuery(
    Level level, Optional<String> room, Optional<String> text, long after, long before, int limit) {

  /** Everything that is kept. */
  public static final LogQuery ALL =
      new LogQuery(
          Level.DEBUG, Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * The answer.
   *
   * @param lines newest first
   * @param newest id of the newest event of all, 0 without any
   */
  public record Page(List<LogLine> lines, long newest) {
    public Page {
      lines = List.copyOf(lines);
    }
  }
}
