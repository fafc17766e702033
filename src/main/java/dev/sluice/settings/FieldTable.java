package dev.sluice.settings;

import static dev.sluice.settings.When.NEXT_BROADCAST;
import static dev.sluice.settings.When.NEXT_SEGMENT;
import static dev.sluice.settings.When.NEXT_START;
import static dev.sluice.settings.When.NOW;

import dev.sluice.room.Container;
import dev.sluice.room.Mode;
import dev.sluice.settings.Field.Level;
import dev.sluice.settings.Kind.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting there is, in the order in which people meet them. The reader, the comparison, the
 * schema, the example file, the documentation and the page all come from this table; labels and
 * help in both languages stand in {@link FieldTexts}.
 */
public final class FieldTable {
  private static final List<Field<?>> FIELDS = new ArrayList<>();

  static final Field<String> DIR =
      basic(global("recordings.dir"), folder(), "recordings", NEXT_BROADCAST);
  static final Field<String> NAME =
      basic(
          everywhere("recordings.name"),
          Kind.template(1024),
          "{name}/{start:yyyy-MM-dd HH.mm.ss} {title}",
          NEXT_SEGMENT);
  static final Field<Container> CONTAINER =
      basic(everywhere("recordings.container"), Kind.container(), "flv", NEXT_SEGMENT);
  static final Field<Optional<Duration>> SPLIT_EVERY =
      basic(
          everywhere("recordings.split.every"),
          Kind.durationOrOff("1s", "24h"),
          "1h",
          NEXT_SEGMENT);
  static final Field<Optional<Long>> SPLIT_SIZE =
      basic(everywhere("recordings.split.size"), Kind.sizeOrOff(), "off", NEXT_SEGMENT);
  static final Field<String> TARGETS =
      list(
          Map.of(
              Scope.GLOBAL,
              "recordings.targets",
              Scope.PLATFORM,
              "recordings.targets",
              Scope.ROOM,
              "targets"),
          Kind.plain(Type.TARGET, Values.line(32)),
          "[nas]",
          NEXT_SEGMENT,
          Level.BASIC);

  static final Field<Duration> EVERY =
      basic(everywhere("monitor.every"), Kind.duration("1s", "24h"), "30s", NOW);
  static final Field<Duration> GRACE =
      advanced(everywhere("monitor.grace"), Kind.duration("0s", "6h"), "60s", NOW);
  static final Field<Duration> STALL =
      advanced(everywhere("monitor.stall_timeout"), Kind.duration("1s", "10m"), "10s", NOW);

  static final Field<Long> RESERVE = basic(global("storage.reserve"), Kind.size(), "5GB", NOW);
  static final Field<Optional<Duration>> TRASH =
      basic(global("storage.trash"), Kind.durationOrOff("0s", "365d"), "7d", NOW);
  static final Field<Optional<Duration>> KEEP_FOR =
      basic(
          Map.of(
              Scope.GLOBAL, "storage.keep.for", Scope.PLATFORM, "keep.for", Scope.ROOM, "keep.for"),
          Kind.durationOrOff("1h", "3650d"),
          "off",
          NOW);
  static final Field<Optional<Long>> KEEP_TOTAL =
      basic(global("storage.keep.size"), Kind.sizeOrOff(), "off", NOW);
  static final Field<Optional<Long>> KEEP_SIZE =
      basic(below("keep.size"), Kind.sizeOrOff(), "off", NOW);

  static final Field<String> HOST =
      advanced(
          global("server.host"), Kind.plain(Type.HOST, Addresses::host), "127.0.0.1", NEXT_START);
  static final Field<Integer> PORT =
      advanced(global("server.port"), Kind.port(), "8080", NEXT_START);
  static final Field<String> NAMES =
      list(
          global("server.names"),
          Kind.plain(Type.HOST, Addresses::hostName),
          "[nas.example]",
          NOW,
          Level.ADVANCED);
  static final Field<String> TRUSTED_PROXIES =
      list(
          global("server.trusted_proxies"),
          Kind.plain(Type.NETWORK, Addresses::network),
          "[127.0.0.1, 10.0.0.0/8]",
          NOW,
          Level.ADVANCED);

  static final Field<String> LINK =
      unset(in(Scope.ROOM, "link"), Kind.text(Values.LINK_LIMIT), "https://live.example.com/1.flv");
  static final Field<String> ROOM_NAME = unset(in(Scope.ROOM, "name"), Kind.text(1024), "Example");
  static final Field<Mode> MODE = basic(in(Scope.ROOM, "mode"), Kind.mode(), "record", NOW);
  static final Field<Boolean> RECORD = advanced(in(Scope.ROOM, "record"), Kind.flag(), null, NOW);

  static final Field<String> USER_AGENT = unset(below("user_agent"), Kind.header(), "Mozilla/5.0");
  static final Field<String> REFERER =
      unset(below("referer"), Kind.header(), "https://example.com/");
  static final Field<String> HEADERS = unset(below("headers.*"), Kind.header(), "\"1\"");
  static final Field<String> COOKIE_FILE =
      unset(below("cookie_file"), Kind.plain(Type.FILE, Values::path), "cookie.txt");
  static final Field<String> COOKIE = unset(below("cookie"), Kind.header(), "\"name=value\"");
  static final Field<URI> PROXY =
      unset(below("proxy"), Kind.url(Addresses::proxy), "socks5://127.0.0.1:1080");

  static final Field<String> TARGET_TYPE =
      new Row<>(in(Scope.TARGET, "type"), Kind.choice("type of target", "folder"))
          .add(false, "folder", NEXT_SEGMENT, Level.ADVANCED, "folder");
  static final Field<String> TARGET_DIR =
      new Row<>(in(Scope.TARGET, "dir"), folder())
          .add(false, null, NEXT_SEGMENT, Level.BASIC, "/mnt/nas/recordings");

  static final Field<URI> WEBHOOK_URL =
      unset(in(Scope.WEBHOOK, "url"), Kind.url(Addresses::webhook), "https://hooks.example/sluice");
  static final Field<String> WEBHOOK_SECRET =
      unset(in(Scope.WEBHOOK, "secret_file"), Kind.plain(Type.FILE, Values::path), "webhook.txt");
  static final Field<Boolean> WEBHOOK_PRIVATE =
      advanced(in(Scope.WEBHOOK, "private"), Kind.flag(), "false", NOW);
  static final Field<String> WEBHOOK_EVENTS =
      list(
          in(Scope.WEBHOOK, "events"),
          Kind.event(
              "broadcast.began",
              "broadcast.ended",
              "recording.ended",
              "segment.ready",
              "delivery.done",
              "delivery.stuck",
              "notice"),
          "[recording.ended]",
          NOW,
          Level.BASIC);

  private FieldTable() {}

  /** Every field, in the order in which people meet them. */
  public static List<Field<?>> fields() {
    return List.copyOf(FIELDS);
  }

  /** The fields that may stand in a scope. */
  public static List<Field<?>> fields(Scope scope) {
    return FIELDS.stream().filter(field -> field.isIn(scope)).toList();
  }

  /** The groups of fields, in the order in which people meet them. */
  public static List<String> groups() {
    return FIELDS.stream().map(Field::group).distinct().toList();
  }

  private static Kind<String> folder() {
    return Kind.plain(Type.FOLDER, Values::path);
  }

  private static Map<Scope, String> global(String path) {
    return Map.of(Scope.GLOBAL, path);
  }

  private static Map<Scope, String> everywhere(String path) {
    return Map.of(Scope.GLOBAL, path, Scope.PLATFORM, path, Scope.ROOM, path);
  }

  private static Map<Scope, String> below(String path) {
    return Map.of(Scope.PLATFORM, path, Scope.ROOM, path);
  }

  private static Map<Scope, String> in(Scope scope, String path) {
    return Map.of(scope, path);
  }

  private static <T> Field<T> basic(
      Map<Scope, String> paths, Kind<T> kind, String initial, When when) {
    return new Row<>(paths, kind).add(false, initial, when, Level.BASIC, initial);
  }

  private static <T> Field<T> advanced(
      Map<Scope, String> paths, Kind<T> kind, String initial, When when) {
    return new Row<>(paths, kind).add(false, initial, when, Level.ADVANCED, initial);
  }

  private static <T> Field<T> unset(Map<Scope, String> paths, Kind<T> kind, String example) {
    Level level = paths.containsKey(Scope.PLATFORM) ? Level.ADVANCED : Level.BASIC;
    return new Row<>(paths, kind).add(false, null, NOW, level, example);
  }

  private static <T> Field<T> list(
      Map<Scope, String> paths, Kind<T> kind, String example, When when, Level level) {
    return new Row<>(paths, kind).add(true, null, when, level, example);
  }

  private record Row<T>(Map<Scope, String> paths, Kind<T> kind) {
    Field<T> add(boolean list, String initial, When when, Level level, String example) {
      Field<T> field =
          new Field<>(paths, kind, list, Optional.ofNullable(initial), when, level, example);
      FIELDS.add(field);
      return field;
    }
  }
}
