package dev.sluice.storage;

import dev.sluice.bus.StorageReply;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.StoredRow;
import dev.sluice.room.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a disposal enters before a file is touched: locks are looked at in the transaction that
 * enters the step. Every method is to be called inside one.
 */
final class DisposalSteps {
  /** The cause of what somebody put into the trash by hand. */
  static final String PERSON = "person";

  private DisposalSteps() {}

  /**
   * A step that is entered, and what is to be done for it.
   *
   * @param doing the step
   * @param name of the recording, for people
   * @param root where its files are; empty without any
   */
  record Task(
      long recording,
      Disposal doing,
      String name,
      long bytes,
      Optional<Path> root,
      TrashFiles files) {}

  /**
   * Either of both.
   *
   * @param answer when nothing is to be done
   */
  record Entered(Optional<Task> task, Optional<StorageReply> answer) {
    private static Entered todo(Task task) {
      return new Entered(Optional.of(task), Optional.empty());
    }

    private static Entered said(StorageReply reply) {
      return new Entered(Optional.empty(), Optional.of(reply));
    }

    private static Entered refused(String key, String text) {
      return said(StorageReply.refused(Reason.of(key, text)));
    }
  }

  static Entered trash(Ledger.Rows rows, long id, boolean force, String cause, Instant now) {
    Optional<StoredRow> found = rows.storage().stored(id);
    if (found.isEmpty() || found.get().disposal() == Disposal.REMOVED) {
      return unknown();
    }
    StoredRow row = found.get();
    switch (row.disposal()) {
      case KEPT -> {
        List<Reason> locks = force ? Locks.withForce(row) : Locks.of(row);
        if (!locks.isEmpty()) {
          return Entered.said(StorageReply.refused(locks.get(0)));
        }
        rows.storage().dispose(id, Disposal.KEPT, Disposal.TRASHING, now, Optional.of(cause));
        return Entered.todo(task(rows, row, Disposal.TRASHING));
      }
      case RESTORING -> {
        return Entered.refused("trash.restoring", "it is just being brought back; try again");
      }
      default -> {
        return Entered.said(StorageReply.done());
      }
    }
  }

  static Entered restore(Ledger.Rows rows, long id, Instant now) {
    Optional<StoredRow> found = rows.storage().stored(id);
    if (found.isEmpty()) {
      return unknown();
    }
    StoredRow row = found.get();
    switch (row.disposal()) {
      case KEPT -> {
        return Entered.said(StorageReply.done());
      }
      case REMOVING, REMOVED -> {
        return Entered.refused("trash.gone", "it was removed for good and cannot come back");
      }
      default -> {
        boolean byRule = row.cause().filter(cause -> !cause.equals(PERSON)).isPresent();
        if (byRule) {
          // The rule still holds: it would take the recording again at its next look.
          rows.storage().setProtected(id, true);
        }
        rows.storage().dispose(id, row.disposal(), Disposal.RESTORING, now, Optional.empty());
        return Entered.todo(task(rows, row, Disposal.RESTORING));
      }
    }
  }

  static Entered remove(Ledger.Rows rows, long id, Instant now) {
    Optional<StoredRow> found = rows.storage().stored(id);
    if (found.isEmpty() || found.get().disposal() == Disposal.REMOVED) {
      return unknown();
    }
    StoredRow row = found.get();
    switch (row.disposal()) {
      case KEPT -> {
        return Entered.refused("trash.kept", "it is not in the trash; put it there first");
      }
      case TRASHED, REMOVING -> {
        rows.storage().dispose(id, Disposal.TRASHED, Disposal.REMOVING, now, Optional.empty());
        return Entered.todo(task(rows, row, Disposal.REMOVING));
      }
      default -> {
        return Entered.refused("trash.moving", "its files are just being moved; try again");
      }
    }
  }

  static StorageReply protect(Ledger.Rows rows, long id, boolean wanted) {
    Optional<StoredRow> found = rows.storage().stored(id);
    if (found.isEmpty() || found.get().disposal() == Disposal.REMOVED) {
      return new StorageReply(StorageReply.Outcome.NOT_FOUND, Optional.empty());
    }
    if (found.get().disposal() != Disposal.KEPT) {
      return StorageReply.refused(Reason.of("trash.in", "it is in the trash; bring it back first"));
    }
    rows.storage().setProtected(id, wanted);
    return StorageReply.done();
  }

  /** What a step that is entered still has to do. */
  static Task task(Ledger.Rows rows, StoredRow row, Disposal doing) {
    List<StoredFile> files = StoredFile.of(rows, row.recording());
    return new Task(
        row.id(),
        doing,
        name(row.recording()),
        row.bytes(),
        files.stream().map(StoredFile::root).findFirst(),
        new TrashFiles(row.id(), files));
  }

  private static String name(RecordingRow row) {
    return row.title().isEmpty() ? row.roomName() : row.roomName() + " " + row.title();
  }

  private static Entered unknown() {
    return Entered.said(new StorageReply(StorageReply.Outcome.NOT_FOUND, Optional.empty()));
  }
}
