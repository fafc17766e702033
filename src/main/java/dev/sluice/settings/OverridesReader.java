package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what the whole, a platform or a room sets itself. */
final class OverridesReader {
  static final int NAME_LIMIT = 1024;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Function<String, Duration> EVERY =
      Values.duration(SECOND, Duration.ofHours(24));
  private static final Function<String, Duration> GRACE =
      Values.duration(Duration.ZERO, Duration.ofHours(6));
  private static final Function<String, Duration> STALL =
      Values.duration(SECOND, Duration.ofMinutes(10));
  private static final Function<String, Duration> SPLIT =
      Values.duration(SECOND, Duration.ofHours(24));
  private static final Function<String, Duration> KEEP =
      Values.duration(Duration.ofHours(1), Duration.ofDays(3650));

  private final ConnectionReader connections;
  private final List<String> targets;

  /**
   * @param targets names of the targets that there are
   */
  OverridesReader(Path data, List<String> targets) {
    this.connections = new ConnectionReader(data);
    this.targets = targets;
  }

  Overrides global(Fields top) {
    Fields recordings = top.below("recordings");
    Fields keep = top.below("storage").below("keep");
    return read(top, recordings, keep, targets(recordings), Connection.PLAIN);
  }

  Overrides platform(Fields platform) {
    Fields recordings = platform.below("recordings");
    Fields keep = platform.below("keep");
    return read(platform, recordings, keep, targets(recordings), connections.read(platform));
  }

  Overrides room(Fields room) {
    Fields keep = room.below("keep");
    Connection connection = connections.read(room);
    return read(room, room.below("recordings"), keep, targets(room), connection);
  }

  private static Overrides read(
      Fields level,
      Fields recordings,
      Fields keep,
      Optional<List<String>> targets,
      Connection connection) {
    Fields split = recordings.below("split");
    Fields monitor = level.below("monitor");
    return new Overrides(
        recordings.value("name", Values.line(NAME_LIMIT)),
        split.value("every", Values.orOff(SPLIT)),
        split.value("size", Values.orOff(Values::limit)),
        monitor.value("every", EVERY),
        monitor.value("grace", GRACE),
        monitor.value("stall_timeout", STALL),
        targets,
        keep.value("for", Values.orOff(KEEP)),
        keep.value("size", Values.orOff(Values::limit)),
        connection);
  }

  private Optional<List<String>> targets(Fields fields) {
    return fields
        .list("targets", Values.target(targets))
        .map(list -> list.stream().distinct().toList());
  }
}
