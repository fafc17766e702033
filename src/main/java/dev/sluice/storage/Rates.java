package dev.sluice.storage;

import dev.sluice.bus.RecordingProgress;
import dev.sluice.room.RoomKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many bytes arrive a second, by what running recordings said last. No clock of its own. */
final class Rates {
  private static final long SILENT_NANOS = Duration.ofSeconds(5).toNanos();

  private record Said(long bytesPerSecond, long nanos) {}

  /** As many as rooms that record; who says nothing any more is forgotten. */
  private final Map<RoomKey, Said> rooms = new HashMap<>();

  void take(RecordingProgress progress, long nanos) {
    long rate = progress.receiving() ? progress.bytesPerSecond() : 0;
    rooms.put(progress.room(), new Said(rate, nanos));
  }

  long bytesPerSecond(long nanos) {
    rooms.values().removeIf(said -> nanos - said.nanos() > SILENT_NANOS);
    return rooms.values().stream().mapToLong(Said::bytesPerSecond).sum();
  }
}
