package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.Server;
import dev.sluice.settings.Settings.Storage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Function<String, Duration> TRASH =
      Values.duration(Duration.ZERO, Duration.ofDays(365));

  private final Path data;

  /**
   * @param data the data directory, where relative paths start
   */
  public SettingsReader(Path data) {
    this.data = data.toAbsolutePath().normalize();
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
    Server listen =
        new Server(
            server.value("host", Values::host).orElse("127.0.0.1"),
            server.value("port", Values::port).orElse(8080),
            server.list("names", Values::hostName).orElse(List.of()),
            server.list("trusted_proxies", Values::network).orElse(List.of()));
    Fields targets = top.below("targets");
    NamedReader named = new NamedReader(data);
    // Also the name of a target with a problem is known: one mistake, one message.
    OverridesReader overrides = new OverridesReader(data, targets.names());
    RoomDefaults global = global(top, overrides.global(top), targets.names());
    return new Settings(
        listen,
        storage(top.below("storage"), global),
        global.withoutKeepSize(),
        platforms(top.below("platforms"), overrides),
        named.targets(targets),
        named.webhooks(top.below("webhooks")),
        new RoomReader(problems, overrides).rooms(top));
  }

  private RoomDefaults global(Fields top, Overrides own, List<String> targets) {
    return own.over(
        new RoomDefaults(
            top.below("recordings")
                .value("dir", Values.folder(data))
                .orElse(data.resolve("recordings")),
            DEFAULT_NAME,
            Optional.of(Duration.ofHours(1)),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            targets,
            Optional.empty(),
            Optional.empty()));
  }

  /** The total size stands where a room's own size does, but is no value that rooms inherit. */
  private static Storage storage(Fields storage, RoomDefaults global) {
    return new Storage(
        storage.value("reserve", Units::size).orElse(Storage.DEFAULT.reserve()),
        storage
            .value("trash", Values.orOff(TRASH))
            .map(kept -> kept.orElse(Duration.ZERO))
            .orElse(Storage.DEFAULT.trashFor()),
        global.keepFor(),
        global.keepSize());
  }

  private static Map<String, Overrides> platforms(Fields fields, OverridesReader reader) {
    Map<String, Overrides> platforms = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (Values.isName(name)) {
        platforms.put(name, reader.platform(fields.below(name)));
      } else {
        fields.nameProblem(name, "is no platform name; write it in lower case");
      }
    }
    return platforms;
  }
}
