package dev.sluice.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One file on its way to one target.
 *
 * @param id row id
 * @param recording row id of the recording
 * @param segment row id of the segment; 0 for the coverage file
 * @param roomId public id of the room
 * @param root recordings root
 * @param file path relative to the root
 * @param target name of the target
 * @param state where it stands
 * @param bytes size of the file
 * @param tries begun so far
 * @param nextTryAt when it is tried again, in {@link State#RETRY}
 * @param error what went wrong last, in the far side's words
 * @param remote where it stands at the target, once done
 * @param createdAt when the segment closed
 * @param doneAt when the target confirmed
 */
public record DeliveryRow(
    long id,
    long recording,
    long segment,
    String roomId,
    Path root,
    String file,
    String target,
    State state,
    long bytes,
    int tries,
    Optional<Instant> nextTryAt,
    Optional<String> error,
    Optional<String> remote,
    Instant createdAt,
    Optional<Instant> doneAt) {

  /** Where a delivery stands. */
  public enum State {
    WAITING,
    SENDING,
    RETRY,
    NEEDS_YOU,
    /** Held by a person until it is let go on. */
    PAUSED,
    /** A person decided that this target does not get the file. */
    SKIPPED,
    DONE;

    /** The word used by the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
