package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.util.Optional;

/**
 * The answer to a {@link StorageCommand} that changes something.
 *
 * @param outcome what came of it
 * @param reason why it was refused, or what is to be said of what was done
 */
public record StorageReply(Outcome outcome, Optional<Reason> reason) {
  /** What came of a command. */
  public enum Outcome {
    /** Done, or it was so already. */
    DONE,
    /** Entered; the disk is slow and the files follow. */
    PENDING,
    /** There is no such recording. */
    NOT_FOUND,
    /** Not now, or not without force; the reason says which. */
    REFUSED
  }

  /** Done, with nothing to be said. */
  public static StorageReply done() {
    return new StorageReply(Outcome.DONE, Optional.empty());
  }

  /** Not done. */
  public static StorageReply refused(Reason reason) {
    return new StorageReply(Outcome.REFUSED, Optional.of(reason));
  }
}
