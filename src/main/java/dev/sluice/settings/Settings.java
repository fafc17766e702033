package dev.sluice.settings;

import dev.sluice.room.Container;
import dev.sluice.room.Mode;
import dev.sluice.room.RoomKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings as read from the file, checked and with defaults filled in. Immutable; shared
 * between threads.
 *
 * @param server where the page listens, and under which names
 * @param storage what is kept of the disk and of old recordings
 * @param global what holds for every room unless a platform or a room says otherwise
 * @param platforms overrides by platform name
 * @param targets delivery targets by name
 * @param webhooks addresses that are told what happens, by name
 * @param rooms the rooms in the order of the file
 */
public record Settings(
    Server server,
    Storage storage,
    RoomDefaults global,
    Map<String, Overrides> platforms,
    Map<String, Target> targets,
    Map<String, Webhook> webhooks,
    List<RoomEntry> rooms) {

  public Settings {
    platforms = Map.copyOf(platforms);
    targets = Map.copyOf(targets);
    webhooks = Map.copyOf(webhooks);
    rooms = List.copyOf(rooms);
  }

  /**
   * Where the page listens and whom it believes. Host and port take effect at the next start, the
   * lists now.
   *
   * @param host address or name to bind
   * @param port 0 (any free port) to 65535
   * @param names host names, in lower case, that the page answers to besides addresses, {@code
   *     localhost} and {@code host}
   * @param trustedProxies addresses, or networks as {@code 10.0.0.0/8}, whose word about the caller
   *     is believed
   */
  public record Server(String host, int port, List<String> names, List<String> trustedProxies) {
    public Server {
      names = List.copyOf(names);
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * What is kept free, and how long recordings stay.
   *
   * @param reserve bytes of each disk that recordings leave free; 0: none
   * @param trashFor how long a deleted recording can be brought back; zero: not at all
   * @param keepFor age at which recordings go; empty: they stay
   * @param keepSize bytes of all recordings together above which the oldest go; empty: no limit
   */
  public record Storage(
      long reserve, Duration trashFor, Optional<Duration> keepFor, Optional<Long> keepSize) {

    /** What holds where the file says nothing: 5 GB free, a week in the trash, nothing goes. */
    public static final Storage DEFAULT =
        new Storage(
            FieldTable.RESERVE.initially(),
            FieldTable.TRASH.initially().orElse(Duration.ZERO),
            FieldTable.KEEP_FOR.initially(),
            FieldTable.KEEP_TOTAL.initially());
  }

  /**
   * The values that a room ends up with, after inheritance.
   *
   * @param dir recordings root, absolute
   * @param name file name template
   * @param container kind of file
   * @param splitEvery length of a segment; empty: no cut by time
   * @param splitSize bytes of a segment file; empty: no cut by size
   * @param every time between two checks, at least one second
   * @param grace how long a drop may last inside one broadcast
   * @param stallTimeout how long a connection may stand without bytes
   * @param targets names of the targets that every segment goes to
   * @param keepFor age at which its recordings go; empty: they stay
   * @param keepSize bytes of this one room's recordings above which its oldest go; empty: no limit
   *     of its own
   */
  public record RoomDefaults(
      Path dir,
      String name,
      Container container,
      Optional<Duration> splitEvery,
      Optional<Long> splitSize,
      Duration every,
      Duration grace,
      Duration stallTimeout,
      List<String> targets,
      Optional<Duration> keepFor,
      Optional<Long> keepSize) {
    public RoomDefaults {
      targets = List.copyOf(targets);
    }
  }

  /** What a platform or a room sets itself; an empty field is inherited. */
  public record Overrides(
      Optional<String> name,
      Optional<Container> container,
      Optional<Optional<Duration>> splitEvery,
      Optional<Optional<Long>> splitSize,
      Optional<Duration> every,
      Optional<Duration> grace,
      Optional<Duration> stallTimeout,
      Optional<List<String>> targets,
      Optional<Optional<Duration>> keepFor,
      Optional<Optional<Long>> keepSize,
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
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Connection.PLAIN);

    /** The given values with this level's own put over them. */
    public RoomDefaults over(RoomDefaults base) {
      return new RoomDefaults(
          base.dir(),
          name.orElse(base.name()),
          container.orElse(base.container()),
          splitEvery.orElse(base.splitEvery()),
          splitSize.orElse(base.splitSize()),
          every.orElse(base.every()),
          grace.orElse(base.grace()),
          stallTimeout.orElse(base.stallTimeout()),
          targets.orElse(base.targets()),
          keepFor.orElse(base.keepFor()),
          keepSize.orElse(base.keepSize()));
    }
  }

  /**
   * One entry of {@code rooms}.
   *
   * @param link as the user gave it
   * @param name shown name; empty: taken from the platform or the link
   * @param mode what is wanted of it
   * @param own what this room sets itself
   */
  public record RoomEntry(String link, Optional<String> name, Mode mode, Overrides own) {}

  /**
   * A delivery target.
   *
   * @param name its key in the file
   * @param type {@code folder}
   * @param dir absolute destination folder
   */
  public record Target(String name, String type, Path dir) {}

  /**
   * An address that is told what happens.
   *
   * @param name its key in the file
   * @param url http or https; may hold a secret of the receiver's, so it is never shown whole
   * @param secretFile absolute path of the file whose first line signs what is sent
   * @param allowPrivate whether the address may be in a private network
   * @param events the events it wants; empty: all
   */
  public record Webhook(
      String name, URI url, Optional<Path> secretFile, boolean allowPrivate, List<String> events) {
    public Webhook {
      events = List.copyOf(events);
    }

    /** Without the path and query, which may hold a secret. */
    @Override
    public String toString() {
      return "Webhook[" + name + ", " + Secrets.hostOnly(url) + "]";
    }
  }

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
