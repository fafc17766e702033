package dev.sluice.settings;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings as read from the file, checked and with defaults filled in. Immutable; shared
 * between threads.
 *
 * @param server where the page listens
 * @param global what holds for every room unless a platform or a room says otherwise
 * @param platforms overrides by platform name
 * @param targets delivery targets by name
 * @param rooms the rooms in the order of the file
 */
public record Settings(
    Server server,
    RoomDefaults global,
    Map<String, Overrides> platforms,
    Map<String, Target> targets,
    List<RoomEntry> rooms) {

  public Settings {
    platforms = Map.copyOf(platforms);
    targets = Map.copyOf(targets);
    rooms = List.copyOf(rooms);
  }

  /**
   * Where the page listens; takes effect at the next start.
   *
   * @param host address or name to bind
   * @param port 0 (any free port) to 65535
   */
  public record Server(String host, int port) {}

  /**
   * The values that a room ends up with, after inheritance.
   *
   * @param dir recordings root, absolute
   * @param name file name template
   * @param splitEvery length of a segment; empty: no cut by time
   * @param splitSize bytes of a segment file; empty: no cut by size
   * @param every time between two checks, at least one second
   * @param grace how long a drop may last inside one broadcast
   * @param stallTimeout how long a connection may stand without bytes
   * @param targets names of the targets that every segment goes to
   */
  public record RoomDefaults(
      Path dir,
      String name,
      Optional<Duration> splitEvery,
      Optional<Long> splitSize,
      Duration every,
      Duration grace,
      Duration stallTimeout,
      List<String> targets) {
    public RoomDefaults {
      targets = List.copyOf(targets);
    }
  }

  /** What a platform or a room sets itself; an empty field is inherited. */
  public record Overrides(
      Optional<String> name,
      Optional<Optional<Duration>> splitEvery,
      Optional<Optional<Long>> splitSize,
      Optional<Duration> every,
      Optional<Duration> grace,
      Optional<Duration> stallTimeout,
      Optional<List<String>> targets,
      Connection connection) {

    /** Sets nothing. */
    public static final Overrides NONE =
        new Overrides(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Connection.PLAIN);

    /** The given values with this level's own put over them. */
    public RoomDefaults over(RoomDefaults base) {
      return new RoomDefaults(
          base.dir(),
          name.orElse(base.name()),
          splitEvery.orElse(base.splitEvery()),
          splitSize.orElse(base.splitSize()),
          every.orElse(base.every()),
          grace.orElse(base.grace()),
          stallTimeout.orElse(base.stallTimeout()),
          targets.orElse(base.targets()));
    }
  }

  /**
   * One entry of {@code rooms}.
   *
   * @param link as the user gave it
   * @param name shown name; empty: taken from the platform or the link
   * @param record false: known but not watched
   * @param own what this room sets itself
   */
  public record RoomEntry(String link, Optional<String> name, boolean record, Overrides own) {}

  /**
   * A delivery target.
   *
   * @param name its key in the file
   * @param type {@code folder}
   * @param dir absolute destination folder
   */
  public record Target(String name, String type, Path dir) {}

  /** The effective values of a room: defaults, then global, then its platform, then its own. */
  public RoomDefaults effective(RoomKey key, RoomEntry entry) {
    RoomDefaults platform = platforms.getOrDefault(key.platform(), Overrides.NONE).over(global);
    return entry.own().over(platform);
  }

  /** The effective way to connect for a room: its own, over its platform's. */
  public Connection connection(RoomKey key, RoomEntry entry) {
    Connection platform = platforms.getOrDefault(key.platform(), Overrides.NONE).connection();
    return entry.own().connection().over(platform);
  }
}
