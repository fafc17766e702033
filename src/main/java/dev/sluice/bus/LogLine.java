package dev.sluice.bus;

import java.time.Instant;
import java.util.Optional;

/**
 * One event of the log as it is shown: safe text, without secrets.
 *
 * @param id rises by one from 1 at the start of the program
 * @param at when
 * @param level how much it matters
 * @param room public id of the room it is about
 * @param logger the class that said it, without its package
 * @param text one line
 * @param trace stack trace, several lines
 */
public record LogLine(
    long id,
    Instant at,
    Level level,
    Optional<String> room,
    String logger,
    String text,
    Optional<String> trace) {

  /** Levels from the least to the most. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
