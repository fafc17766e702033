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

  private final Path data;
  private final Environment environment;

  /**
   * @param data the data directory, where relative paths start
   */
  public SettingsReader(Path data) {
    this(data, Environment.NONE);
  }

  /**
   * @param data the data directory, where relative paths start
   * @param environment goes over what the file says
   */
  public SettingsReader(Path data, Environment environment) {
    this.data = data.toAbsolutePath().normalize();
    this.environment = environment;
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
    environment.check(problems);
    Fields top = new Fields(problems, environment, root.orElse(null));
    Settings settings = settings(problems, top);
    problems.throwIfAny();
    return settings;
  }

  /** What goes over what the file says. */
  Environment environment() {
    return environment;
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
    Fields targets = top.below("targets");
    NamedReader named = new NamedReader(data);
    // Also the name of a target with a problem is known: one mistake, one message.
    OverridesReader overrides = new OverridesReader(data, targets.names());
    RoomDefaults global = overrides.read(top, Scope.GLOBAL).over(defaults(top, targets.names()));
    return new Settings(
        server(top),
        storage(top, global),
        global,
        platforms(top.below("platforms"), overrides),
        named.targets(targets),
        named.webhooks(top.below("webhooks")),
        new RoomReader(problems, overrides).rooms(top));
  }

  private static Server server(Fields top) {
    Scope scope = Scope.GLOBAL;
    return new Server(
        top.value(FieldTable.HOST, scope).orElseGet(FieldTable.HOST::initially),
        top.value(FieldTable.PORT, scope).orElseGet(FieldTable.PORT::initially),
        top.list(FieldTable.NAMES, scope, Function.identity()).orElse(List.of()),
        top.list(FieldTable.TRUSTED_PROXIES, scope, Function.identity()).orElse(List.of()));
  }

  private RoomDefaults defaults(Fields top, List<String> targets) {
    return new RoomDefaults(
        top.value(FieldTable.DIR, Scope.GLOBAL, Values.folder(data))
            .orElseGet(() -> data.resolve(FieldTable.DIR.initially())),
        FieldTable.NAME.initially(),
        FieldTable.CONTAINER.initially(),
        FieldTable.SPLIT_EVERY.initially(),
        FieldTable.SPLIT_SIZE.initially(),
        FieldTable.EVERY.initially(),
        FieldTable.GRACE.initially(),
        FieldTable.STALL.initially(),
        targets,
        FieldTable.KEEP_FOR.initially(),
        FieldTable.KEEP_SIZE.initially());
  }

  private static Storage storage(Fields top, RoomDefaults global) {
    Scope scope = Scope.GLOBAL;
    return new Storage(
        top.value(FieldTable.RESERVE, scope).orElseGet(FieldTable.RESERVE::initially),
        top.value(FieldTable.TRASH, scope)
            .orElseGet(FieldTable.TRASH::initially)
            .orElse(Duration.ZERO),
        global.keepFor(),
        top.value(FieldTable.KEEP_TOTAL, scope).orElseGet(FieldTable.KEEP_TOTAL::initially));
  }

  private static Map<String, Overrides> platforms(Fields fields, OverridesReader reader) {
    Map<String, Overrides> platforms = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (Values.isName(name)) {
        platforms.put(name, reader.read(fields.below(name), Scope.PLATFORM));
      } else {
        fields.nameProblem(name, "is no platform name; write it in lower case");
      }
    }
    return platforms;
  }
}
