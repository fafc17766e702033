package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
import dev.sluice.settings.Settings.Server;
import dev.sluice.settings.Settings.Target;
import dev.sluice.settings.YamlNode.Scalar;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the settings file: text to checked {@link Settings}, or every problem with its place. Reads
 * the files that {@code cookie_file} names; otherwise no I/O. Stateless, for any thread that may
 * block.
 */
public final class SettingsReader {
  /** Largest settings file, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  /** Most entries of {@code rooms}. */
  public static final int MAX_ROOMS = 2000;

  static final String DEFAULT_NAME = "{name}/{start:yyyy-MM-dd HH.mm.ss} {title}";
  private static final int NAME_LIMIT = 1024;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Function<String, Duration> EVERY =
      Values.duration(SECOND, Duration.ofHours(24));
  private static final Function<String, Duration> GRACE =
      Values.duration(Duration.ZERO, Duration.ofHours(6));
  private static final Function<String, Duration> STALL =
      Values.duration(SECOND, Duration.ofMinutes(10));
  private static final Function<String, Duration> SPLIT =
      Values.duration(SECOND, Duration.ofHours(24));

  private final Path data;
  private final ConnectionReader connections;

  /**
   * @param data the data directory, where relative paths start
   */
  public SettingsReader(Path data) {
    this.data = data.toAbsolutePath().normalize();
    this.connections = new ConnectionReader(this.data);
  }

  /**
   * Reads the bytes of a settings file, which must be UTF-8.
   *
   * @throws SettingsException with every problem, at most 20
   */
  public Settings read(byte[] bytes) throws SettingsException {
    return read(decode(bytes));
  }

  /**
   * Reads the text of a settings file. An empty text means: all defaults.
   *
   * @throws SettingsException with every problem, at most 20
   */
  public Settings read(String text) throws SettingsException {
    refuseLarge(text.getBytes(StandardCharsets.UTF_8).length);
    Problems problems = new Problems();
    Optional<YamlNode> root = YamlTree.parse(text);
    Fields top = new Fields(problems, Section.ROOT, "", root.orElse(null));
    Settings settings = settings(problems, top);
    problems.throwIfAny();
    return settings;
  }

  static String decode(byte[] bytes) throws SettingsException {
    refuseLarge(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    chars.flip();
    if (result.isError()) {
      String message = "this is not UTF-8; save the file with the encoding UTF-8";
      throw YamlErrors.at(chars.toString(), chars.length(), message);
    }
    return chars.toString();
  }

  private static void refuseLarge(int bytes) throws SettingsException {
    if (bytes > MAX_BYTES) {
      throw new SettingsException(new Problem(1, 1, "", "the file is larger than 1 MiB"));
    }
  }

  private Settings settings(Problems problems, Fields top) {
    Fields server = top.below("server");
    Map<String, Target> targets = new LinkedHashMap<>();
    List<String> known = targets(top.below("targets"), targets);
    Server listen =
        new Server(
            server.value("host", Values::host).orElse("127.0.0.1"),
            server.value("port", Values::port).orElse(8080));
    RoomDefaults global = global(top.below("recordings"), top.below("monitor"), known);
    Map<String, Overrides> platforms = platforms(top.below("platforms"), known);
    return new Settings(listen, global, platforms, targets, rooms(problems, top, known));
  }

  /** Returns every name, also of a target with a problem: one mistake, one message. */
  private List<String> targets(Fields fields, Map<String, Target> targets) {
    for (String name : fields.names()) {
      if (!Values.isName(name)) {
        fields.nameProblem(name, "is no target name; use up to 32 of a-z, 0-9, '-' and '_'");
        continue;
      }
      Fields target = fields.below(name);
      Optional<String> type = target.value("type", SettingsReader::targetType);
      Optional<Path> dir = target.value("dir", Values.folder(data));
      if (target.node("dir").isEmpty()) {
        fields.problem(name, "needs 'dir', the folder that recordings are copied to");
      }
      dir.ifPresent(path -> targets.put(name, new Target(name, type.orElse("folder"), path)));
    }
    return fields.names();
  }

  private static String targetType(String text) {
    if (!text.equals("folder")) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no type of target; known: folder");
    }
    return text;
  }

  private RoomDefaults global(Fields recordings, Fields monitor, List<String> known) {
    Overrides own = overrides(recordings, monitor, Connection.PLAIN);
    RoomDefaults defaults =
        new RoomDefaults(
            recordings.value("dir", Values.folder(data)).orElse(data.resolve("recordings")),
            DEFAULT_NAME,
            Optional.of(Duration.ofHours(1)),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            targetList(recordings, known).orElse(known));
    return own.over(defaults);
  }

  private static Optional<List<String>> targetList(Fields fields, List<String> known) {
    return fields
        .list("targets", Values.target(known))
        .map(list -> list.stream().distinct().toList());
  }

  private static Overrides overrides(Fields recordings, Fields monitor, Connection connection) {
    Fields split = recordings.below("split");
    return new Overrides(
        recordings.value("name", Values.line(NAME_LIMIT)),
        split.value("every", Values.orOff(SPLIT)),
        split.value("size", Values.orOff(Values::splitSize)),
        monitor.value("every", EVERY),
        monitor.value("grace", GRACE),
        monitor.value("stall_timeout", STALL),
        Optional.empty(),
        connection);
  }

  private Map<String, Overrides> platforms(Fields fields, List<String> known) {
    Map<String, Overrides> platforms = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!Values.isName(name)) {
        fields.nameProblem(name, "is no platform name; write it in lower case");
        continue;
      }
      Fields platform = fields.below(name);
      Fields recordings = platform.below("recordings");
      platforms.put(name, overrides(platform, recordings, targetList(recordings, known)));
    }
    return platforms;
  }

  private Overrides overrides(Fields fields, Fields recordings, Optional<List<String>> targets) {
    Overrides own = overrides(recordings, fields.below("monitor"), connections.read(fields));
    return new Overrides(
        own.name(),
        own.splitEvery(),
        own.splitSize(),
        own.every(),
        own.grace(),
        own.stallTimeout(),
        targets,
        own.connection());
  }

  private List<RoomEntry> rooms(Problems problems, Fields top, List<String> known) {
    List<YamlNode> nodes = top.items("rooms").orElse(List.of());
    if (nodes.size() > MAX_ROOMS) {
      top.problem("rooms", "more than " + MAX_ROOMS + " rooms");
      return List.of();
    }
    List<RoomEntry> rooms = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Room room = new Room(problems, "rooms[" + i + "]", nodes.get(i));
      room.read(this, known).ifPresent(rooms::add);
    }
    return rooms;
  }

  /** One entry of {@code rooms}, which may be a bare link. */
  private record Room(Problems problems, String path, YamlNode node) {
    Optional<RoomEntry> read(SettingsReader reader, List<String> known) {
      if (node.target() instanceof Scalar scalar && !node.isNull()) {
        return link(scalar.value())
            .map(link -> new RoomEntry(link, Optional.empty(), true, Overrides.NONE));
      }
      Fields fields = new Fields(problems, Section.ROOM, path, node);
      if (fields.node("link").isEmpty()) {
        problems.add(node.place(), path, "a room needs a 'link'");
      }
      Optional<String> link = fields.value("link", Values.line(Values.LINK_LIMIT));
      Optional<String> name = fields.value("name", Values.line(NAME_LIMIT));
      boolean record = fields.value("record", Values::flag).orElse(true);
      Overrides own =
          reader.overrides(fields, fields.below("recordings"), targetList(fields, known));
      return link.map(found -> new RoomEntry(found, name, record, own));
    }

    private Optional<String> link(String text) {
      try {
        return Optional.of(Values.line(Values.LINK_LIMIT).apply(text));
      } catch (IllegalArgumentException e) {
        problems.add(node.place(), path, e.getMessage());
        return Optional.empty();
      }
    }
  }
}
