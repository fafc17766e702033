package dev.sluice.storage;

import dev.sluice.ledger.StoredRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the rules take next: what is older than its room keeps it, then the oldest of a room
 * that has more bytes than it may, then the oldest of all. What is locked is passed over and told.
 * No I/O, no clock.
 */
final class Retention {
  private final KeepRules rules;
  private final List<StoredRow> rows;
  private final Instant now;
  private final long unseen;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final Set<Long> going = new HashSet<>();
  private final Set<Long> told = new HashSet<>();

  /** Which rule. */
  enum Cause {
    AGE("age"),
    ROOM_SIZE("room_size"),
    TOTAL_SIZE("total_size");

    private final String word;

    Cause(String word) {
      this.word = word;
    }

    /** The word used by rows and API. */
    String word() {
      return word;
    }
  }

  /**
   * One recording that a rule wants.
   *
   * @param dueAt when; empty: now
   * @param locks why not; empty: it goes
   */
  record Verdict(StoredRow row, Cause cause, Optional<Instant> dueAt, List<Reason> locks) {
    Verdict {
      locks = List.copyOf(locks);
    }

    boolean goesNow() {
      return dueAt.isEmpty() && locks.isEmpty();
    }
  }

  private Retention(KeepRules rules, List<StoredRow> rows, long unseen, Instant now) {
    this.rules = rules;
    this.rows = rows;
    this.unseen = unseen;
    this.now = now;
  }

  /**
   * @param rows recordings that are kept, oldest first
   * @param unseen bytes of newer ones that are not among them
   * @return what a rule wants now, in the order in which it goes; then what age takes later, by
   *     time
   */
  static List<Verdict> decide(KeepRules rules, List<StoredRow> rows, long unseen, Instant now) {
    Retention retention = new Retention(rules, rows, unseen, now);
    retention.byAge();
    retention.byRoom();
    retention.byTotal();
    retention.later();
    return List.copyOf(retention.verdicts);
  }

  private void byAge() {
    for (StoredRow row : rows) {
      if (expiry(row).filter(at -> !at.isAfter(now)).isPresent()) {
        want(row, Cause.AGE);
      }
    }
  }

  private void byRoom() {
    Map<RoomKey, List<StoredRow>> rooms = new HashMap<>();
    for (StoredRow row : rows) {
      rooms.computeIfAbsent(row.recording().room(), room -> new ArrayList<>()).add(row);
    }
    // in the order of the rows, so that the same rows give the same answer
    for (StoredRow row : rows) {
      List<StoredRow> ofRoom = rooms.remove(row.recording().room());
      if (ofRoom != null) {
        rules
            .of(row.recording().room())
            .size()
            .ifPresent(limit -> shrink(ofRoom, 0, limit, Cause.ROOM_SIZE));
      }
    }
  }

  private void byTotal() {
    rules.total().ifPresent(limit -> shrink(rows, unseen, limit, Cause.TOTAL_SIZE));
  }

  /** Takes the oldest until the rest fits. */
  private void shrink(List<StoredRow> of, long others, long limit, Cause cause) {
    long bytes = others;
    for (StoredRow row : of) {
      bytes += going.contains(row.id()) ? 0 : row.bytes();
    }
    for (StoredRow row : of) {
      if (bytes <= limit) {
        return;
      }
      // an empty one makes no room
      if (row.bytes() > 0 && !going.contains(row.id()) && want(row, cause)) {
        bytes -= row.bytes();
      }
    }
  }

  /** Whether it goes. */
  private boolean want(StoredRow row, Cause cause) {
    List<Reason> locks = locks(row);
    if (told.add(row.id())) {
      verdicts.add(new Verdict(row, cause, Optional.empty(), locks));
    }
    if (locks.isEmpty()) {
      going.add(row.id());
    }
    return locks.isEmpty();
  }

  private List<Reason> locks(StoredRow row) {
    List<Reason> locks = new ArrayList<>(Locks.of(row));
    if (rules.isUnsure(row.recording().room())) {
      locks.add(
          Reason.of("lock.unsure", "a link in the settings is not known yet, it may be its room"));
    }
    return locks;
  }

  private void later() {
    rows.stream()
        .filter(row -> !told.contains(row.id()) && expiry(row).isPresent())
        .map(row -> new Verdict(row, Cause.AGE, expiry(row), locks(row)))
        .sorted((one, other) -> one.dueAt().get().compareTo(other.dueAt().get()))
        .forEach(verdicts::add);
  }

  /** When it is too old; empty: never, or not ended. */
  private Optional<Instant> expiry(StoredRow row) {
    Optional<Duration> age = rules.of(row.recording().room()).age();
    return age.isEmpty()
        ? Optional.empty()
        : row.recording().endedAt().map(end -> end.plus(age.get()));
  }
}
