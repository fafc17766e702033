package dev.sluice.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.Mistake;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a {@link SettingsCommand}.
 *
 * @param outcome what came of it
 * @param detail an English sentence when it was refused, else empty
 * @param key the same for programs, else empty
 * @param etag of the file as it is now
 * @param settings in the shape of the file, secrets masked; of {@link SettingsCommand.Fields} the
 *     fields
 * @param applied what changed and when it takes effect
 * @param roomId public id of the room that it was about
 * @param mistakes what does not fit, place by place, where that is known
 */
public record SettingsReply(
    Outcome outcome,
    String detail,
    String key,
    String etag,
    ObjectNode settings,
    List<Applied> applied,
    Optional<String> roomId,
    List<Mistake> mistakes) {
  public SettingsReply {
    applied = List.copyOf(applied);
    mistakes = List.copyOf(mistakes);
  }

  /** The same with what does not fit. */
  public SettingsReply because(List<Mistake> found) {
    return new SettingsReply(outcome, detail, key, etag, settings, applied, roomId, found);
  }

  /** What came of a command. */
  public enum Outcome {
    OK,
    /** The room is there already. */
    ALREADY,
    /** There is no such room. */
    NOT_FOUND,
    /** The file has changed since the etag that was given. */
    STALE,
    /** A value does not fit; nothing was changed. */
    INVALID,
    /** The file cannot be written; nothing was changed. */
    READ_ONLY
  }

  /**
   * One changed field.
   *
   * @param when {@code now, next_segment, next_broadcast} or {@code next_start}
   */
  public record Applied(String key, String when) {}
}
