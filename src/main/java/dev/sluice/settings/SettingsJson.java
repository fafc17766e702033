package dev.sluice.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomDefaults;
import dev.sluice.settings.Settings.RoomEntry;
import dev.sluice.settings.Settings.Storage;
import dev.sluice.settings.Settings.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings as JSON in the shape of the settings file. What a platform or a room inherits is left
 * out; secrets are masked.
 */
public final class SettingsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SettingsJson() {}

  /** The whole settings, defaults filled in. */
  public static ObjectNode of(Settings settings) {
    ObjectNode root = JSON.objectNode();
    ObjectNode server = root.putObject("server");
    server.put("host", settings.server().host()).put("port", settings.server().port());
    server.set("names", list(settings.server().names()));
    server.set("trusted_proxies", list(settings.server().trustedProxies()));
    RoomDefaults global = settings.global();
    root.set("recordings", recordings(global));
    root.putObject("monitor")
        .put("every", Units.format(global.every()))
        .put("grace", Units.format(global.grace()))
        .put("stall_timeout", Units.format(global.stallTimeout()));
    root.set("storage", storage(settings.storage()));
    ObjectNode targets = root.putObject("targets");
    new TreeMap<>(settings.targets())
        .forEach(
            (name, target) ->
                targets
                    .putObject(name)
                    .put("type", target.type())
                    .put("dir", target.dir().toString()));
    ObjectNode webhooks = root.putObject("webhooks");
    new TreeMap<>(settings.webhooks())
        .forEach((name, webhook) -> webhooks.set(name, webhook(webhook)));
    ObjectNode platforms = root.putObject("platforms");
    new TreeMap<>(settings.platforms())
        .forEach((name, platform) -> platforms.set(name, platform(platform)));
    ArrayNode rooms = root.putArray("rooms");
    settings.rooms().forEach(room -> rooms.add(room(room)));
    return root;
  }

  /** One entry of {@code rooms} with what it sets itself. */
  public static ObjectNode room(RoomEntry room) {
    ObjectNode json = JSON.objectNode().put("link", room.link());
    room.name().ifPresent(name -> json.put("name", name));
    json.put("mode", room.mode().word());
    room.own().targets().ifPresent(targets -> json.set("targets", list(targets)));
    overrides(json, room.own());
    return json;
  }

  private static ObjectNode recordings(RoomDefaults global) {
    ObjectNode json = JSON.objectNode();
    json.put("dir", global.dir().toString())
        .put("name", global.name())
        .put("container", global.container().word());
    json.putObject("split")
        .put("every", durationOrOff(global.splitEvery()))
        .put("size", sizeOrOff(global.splitSize()));
    json.set("targets", list(global.targets()));
    return json;
  }

  private static ObjectNode storage(Storage storage) {
    ObjectNode json = JSON.objectNode();
    json.put("reserve", Units.format(storage.reserve()))
        .put("trash", Units.format(storage.trashFor()));
    json.putObject("keep")
        .put("for", durationOrOff(storage.keepFor()))
        .put("size", sizeOrOff(storage.keepSize()));
    return json;
  }

  private static ObjectNode webhook(Webhook webhook) {
    ObjectNode json = JSON.objectNode().put("url", Secrets.hostOnly(webhook.url()));
    webhook.secretFile().ifPresent(file -> json.put("secret_file", file.toString()));
    json.put("private", webhook.allowPrivate());
    json.set("events", list(webhook.events()));
    return json;
  }

  private static ObjectNode platform(Overrides own) {
    ObjectNode json = JSON.objectNode();
    own.targets()
        .ifPresent(targets -> json.withObject("/recordings").set("targets", list(targets)));
    overrides(json, own);
    return json;
  }

  private static void overrides(ObjectNode json, Overrides own) {
    own.name().ifPresent(name -> json.withObject("/recordings").put("name", name));
    own.container().ifPresent(kind -> json.withObject("/recordings").put("container", kind.word()));
    own.splitEvery().ifPresent(every -> split(json).put("every", durationOrOff(every)));
    own.splitSize().ifPresent(size -> split(json).put("size", sizeOrOff(size)));
    monitor(json, "every", own.every());
    monitor(json, "grace", own.grace());
    monitor(json, "stall_timeout", own.stallTimeout());
    own.keepFor().ifPresent(kept -> json.withObject("/keep").put("for", durationOrOff(kept)));
    own.keepSize().ifPresent(size -> json.withObject("/keep").put("size", sizeOrOff(size)));
    connection(json, own.connection());
  }

  private static ObjectNode split(ObjectNode json) {
    return json.withObject("/recordings/split");
  }

  private static void monitor(ObjectNode json, String key, Optional<Duration> value) {
    value.ifPresent(set -> json.withObject("/monitor").put(key, Units.format(set)));
  }

  private static void connection(ObjectNode json, Connection connection) {
    connection
        .headers()
        .forEach(
            (name, value) ->
                json.withObject("/headers")
                    .put(name, Secrets.isSecretHeader(name) ? Secrets.MASK : value));
    connection.userAgent().ifPresent(value -> json.put("user_agent", value));
    connection.referer().ifPresent(value -> json.put("referer", value));
    connection.cookie().ifPresent(value -> json.put("cookie", Secrets.MASK));
    connection.proxy().ifPresent(value -> json.put("proxy", Secrets.masked(value)));
  }

  private static ArrayNode list(List<String> values) {
    ArrayNode list = JSON.arrayNode();
    values.forEach(list::add);
    return list;
  }

  private static String durationOrOff(Optional<Duration> value) {
    return value.map(Units::format).orElse("off");
  }

  private static String sizeOrOff(Optional<Long> value) {
    return value.map(Units::format).orElse("off");
  }
}
