package dev.sluice.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows as {@code storage} needs them: what is kept, what is on its way out. Valid like {@link
 * Ledger.Rows}, inside one transaction on the ledger's thread.
 */
public interface StorageRows {
  /** One recording. */
  Optional<StoredRow> stored(long recording);

  /** How far a recording is on its way out; empty where there is none. */
  Optional<Disposal> disposal(long recording);

  /** Whether a person forbade to take it. */
  boolean isProtected(long recording);

  /** Recordings in this step with an id above {@code after}, oldest first. */
  List<StoredRow> storedIn(Disposal disposal, long after, int limit);

  /** Recordings in the trash or on their way into or out of it, last put there first. */
  List<StoredRow> trash(int limit);

  /** Forbids or allows rules and people to take a recording away. */
  void setProtected(long recording, boolean wanted);

  /**
   * One step of a disposal; stores the time where the step has one.
   *
   * @param cause kept only with the step to {@link Disposal#TRASHING}
   * @return whether the recording was at {@code from}; else nothing is changed
   */
  boolean dispose(long recording, Disposal from, Disposal to, Instant at, Optional<String> cause);

  /** What each room holds on each root. */
  List<UsageRow> usage();

  /** Bytes of all recordings that are kept. */
  long keptBytes();

  /** Bytes of segments opened since then, by root. */
  Map<Path, Long> bytesSince(Instant since);

  /** When the oldest segment was opened. */
  Optional<Instant> oldestSegment();

  /** The newest time that any recording or disposal was entered with. */
  Optional<Instant> newestTime();
}
