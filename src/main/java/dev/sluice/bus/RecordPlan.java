package dev.sluice.bus;

import dev.sluice.room.Container;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a room is recorded.
 *
 * @param root recordings root, absolute
 * @param roomName shown name, for file names
 * @param nameTemplate file name template
 * @param container kind of file
 * @param splitEvery length of a segment
 * @param splitSize bytes of a segment file
 * @param grace how long a drop may last inside one broadcast
 * @param stallTimeout how long a connection may stand without bytes
 * @param targets names of the targets that every segment goes to
 */
public record RecordPlan(
    Path root,
    String roomName,
    String nameTemplate,
    Container container,
    Optional<Duration> splitEvery,
    Optional<Long> splitSize,
    Duration grace,
    Duration stallTimeout,
    List<String> targets) {
  public RecordPlan {
    targets = List.copyOf(targets);
  }
}
