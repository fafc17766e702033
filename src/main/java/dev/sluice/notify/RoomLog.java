package dev.sluice.notify;

import dev.sluice.bus.RoomStatus;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each change of a room's state into the log, once. For one thread. */
final class RoomLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.Room");

  private final Map<String, Seen> last = new HashMap<>();

  private record Seen(RoomState state, Optional<String> reason) {}

  void take(RoomStatus status) {
    if (status.removed()) {
      last.remove(status.id());
      say(status, "is watched no more");
      return;
    }
    Seen now = new Seen(status.state(), status.reason().map(Reason::key));
    if (!now.equals(last.put(status.id(), now))) {
      String why = status.reason().map(reason -> ": " + reason.text()).orElse("");
      say(status, status.state().word() + why);
    }
  }

  private static void say(RoomStatus status, String what) {
    LOG.atInfo().addKeyValue(LogRing.ROOM, status.id()).log("{}: {}", status.name(), what);
  }
}
