package dev.sluice.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recording with what keeps it and what takes it away.
 *
 * @param recording its row
 * @param disposal how far it is on its way out
 * @param isProtected whether a person forbade every rule to take it
 * @param trashedAt when it was last put into the trash
 * @param cause what put it there: {@code person, age, room_size} or {@code total_size}
 * @param bytes of its finished segments, by their rows
 * @param unready segments that are not finished yet
 * @param awaited targets that have not confirmed every file, in order, without repeats
 */
public record StoredRow(
    RecordingRow recording,
    Disposal disposal,
    boolean isProtected,
    Optional<Instant> trashedAt,
    Optional<String> cause,
    long bytes,
    int unready,
    List<String> awaited) {
  public StoredRow {
    awaited = List.copyOf(awaited);
  }

  /** Row id of the recording. */
  public long id() {
    return recording.id();
  }
}
