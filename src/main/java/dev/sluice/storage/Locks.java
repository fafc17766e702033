package dev.sluice.storage;

import dev.sluice.ledger.StoredRow;
import dev.sluice.room.Reason;
import java.util.ArrayList;
import java.util.List;

/** Why a recording may not be taken away. No I/O, no clock. */
final class Locks {
  private Locks() {}

  /** Every reason, the firmest first; empty: it may go. */
  static List<Reason> of(StoredRow row) {
    List<Reason> locks = new ArrayList<>();
    if (row.recording().endedAt().isEmpty()) {
      locks.add(Reason.of("lock.running", "it is still being recorded, or may go on"));
    } else if (row.unready() > 0) {
      locks.add(Reason.of("lock.unfinished", "its files are not finished yet"));
    }
    if (row.isProtected()) {
      locks.add(Reason.of("lock.protected", "it is protected"));
    }
    if (!row.awaited().isEmpty()) {
      String targets = String.join(", ", row.awaited());
      locks.add(
          Reason.of("lock.delivery", "targets", targets, "it is not delivered to " + targets));
    }
    return locks;
  }

  /** The first reason that no force overcomes. */
  static List<Reason> withForce(StoredRow row) {
    return of(row).stream().filter(lock -> !lock.key().equals("lock.delivery")).toList();
  }
}
