package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * Something a person should know. It is shown once for each id, until it is over or dismissed.
 *
 * @param id the same for the same matter, see {@link #id(String, String)}; may hold paths and names
 * @param level how much it matters
 * @param roomId public id of the room it is about
 * @param reason what it is
 * @param over the matter is over: what was shown under this id goes
 */
public record Notice(String id, Level level, Optional<String> roomId, Reason reason, boolean over) {
  public Notice {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(roomId, "roomId");
    Objects.requireNonNull(reason, "reason");
  }

  /** One that has no subject besides its room. */
  public Notice(Level level, Optional<String> roomId, Reason reason) {
    this(id(reason.key(), roomId.orElse("")), level, roomId, reason, false);
  }

  /**
   * One about a subject.
   *
   * @param subject what it is about, such as a folder or the name of a target
   */
  public static Notice about(String subject, Level level, Optional<String> roomId, Reason reason) {
    return new Notice(id(reason.key(), subject), level, roomId, reason, false);
  }

  /**
   * Says that a matter is over; harmless when it was never told.
   *
   * @param key the text key under which it was told
   * @param subject what it was about; empty for none
   */
  public static Notice over(String key, String subject) {
    return new Notice(id(key, subject), Level.INFO, Optional.empty(), Reason.of(key, "over"), true);
  }

  /** What makes two notices the same matter: {@code disk.low:/nas}. */
  public static String id(String key, String subject) {
    return subject.isEmpty() ? key : key + ":" + subject;
  }

  /** How much a notice matters. */
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
