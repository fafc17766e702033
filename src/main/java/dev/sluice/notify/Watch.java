package dev.sluice.notify;

import dev.sluice.bus.Notice;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.util.Optional;

/** What others say of their state, turned into notices that come and go with it. */
final class Watch {
  /** Key of the notices of rooms that are refused, whatever the reason. */
  static final String ROOM_REFUSED = "room.refused";

  static final String STORAGE_CLOSED = "storage.closed";

  private Watch() {}

  /** A room that is refused needs a person; all other states pass by themselves. */
  static Notice of(RoomStatus status) {
    Optional<Reason> why =
        status.reason().filter(reason -> status.state() == RoomState.REFUSED && !status.removed());
    return why.map(
            reason ->
                new Notice(
                    Notice.id(ROOM_REFUSED, status.id()),
                    Notice.Level.WARNING,
                    Optional.of(status.id()),
                    reason,
                    false))
        .orElseGet(() -> Notice.over(ROOM_REFUSED, status.id()));
  }

  /** A recordings folder that cannot be written. */
  static Notice of(StorageGate gate) {
    String root = gate.root().toString();
    if (gate.open()) {
      return Notice.over(STORAGE_CLOSED, root);
    }
    Reason reason =
        Reason.of(STORAGE_CLOSED, "root", root, root + " cannot be written: nothing is recorded");
    return Notice.about(root, Notice.Level.ERROR, Optional.empty(), reason);
  }
}
