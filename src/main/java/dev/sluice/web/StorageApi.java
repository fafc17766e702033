package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.StorageNext;
import dev.sluice.bus.StorageOverview;
import dev.sluice.room.Reason;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How full the disks are, and what the rules take next. */
final class StorageApi {
  private final Siblings siblings;
  private final Supplier<Settings> settings;

  StorageApi(Siblings siblings, Supplier<Settings> settings) {
    this.siblings = siblings;
    this.settings = settings;
  }

  Future<Answer> overview(RoutingContext context) {
    return siblings
        .storage(new StorageCommand.Overview(), StorageOverview.class)
        .map(overview -> Answer.of(200, json(overview)));
  }

  Future<Answer> next(RoutingContext context) {
    return siblings
        .storage(new StorageCommand.Next(), StorageNext.class)
        .map(next -> Answer.of(200, json(next)));
  }

  private ObjectNode json(StorageOverview overview) {
    Settings.Storage rules = settings.get().storage();
    ObjectNode json =
        Json.NODES
            .objectNode()
            .put("trash_seconds", rules.trashFor().toSeconds())
            .put("keep_seconds", seconds(rules.keepFor()))
            .put("keep_bytes", rules.keepSize().orElse(null));
    ArrayNode roots = json.putArray("roots");
    overview.roots().forEach(root -> roots.add(root(root)));
    return json;
  }

  private static ObjectNode root(StorageOverview.Root root) {
    ObjectNode json =
        Json.storage(root.gate())
            .put("reserve_bytes", root.reserveBytes())
            .put("used_bytes", root.usedBytes())
            .put("trash_bytes", root.trashBytes())
            .put("bytes_per_second", root.bytesPerSecond())
            .put("bytes_per_day", root.bytesPerDay())
            .put("full_in_seconds", seconds(root.fullAtThisRate()))
            .put("full_in_seconds_by_habit", seconds(root.fullAtHabit()));
    ArrayNode rooms = json.putArray("rooms");
    for (StorageOverview.Room room : root.rooms()) {
      rooms
          .addObject()
          .put("room_id", room.roomId())
          .put("room_name", room.name())
          .put("recordings", room.recordings())
          .put("bytes", room.bytes());
    }
    return json;
  }

  private static ObjectNode json(StorageNext next) {
    ObjectNode json = Json.NODES.objectNode();
    json.set("paused", next.paused().map(StorageApi::reason).orElse(null));
    ArrayNode items = json.putArray("items");
    for (StorageNext.Item item : next.items()) {
      ObjectNode one =
          items
              .addObject()
              .put("recording_id", Long.toString(item.recording()))
              .put("room_id", item.roomId())
              .put("room_name", item.roomName())
              .put("title", item.title())
              .put("started_at", Json.instant(item.startedAt()))
              .put("bytes", item.bytes())
              .put("cause", item.cause())
              .put("due_at", Json.instant(item.dueAt()));
      ArrayNode locks = one.putArray("locks");
      item.locks().forEach(lock -> locks.add(reason(lock)));
    }
    return json;
  }

  private static ObjectNode reason(Reason reason) {
    ObjectNode json = Json.NODES.objectNode().put("key", reason.key()).put("text", reason.text());
    json.set("values", Json.values(reason.values()));
    return json;
  }

  private static Long seconds(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds).orElse(null);
  }
}
