package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.StorageCommand;
import dev.sluice.bus.StorageReply;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.StoredRow;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Takes recordings into the trash and out of it, and protects them. */
final class TrashApi {
  private static final int MOST = 200;

  private final Vertx vertx;
  private final Ledger ledger;
  private final Siblings siblings;
  private final Supplier<Settings> settings;

  TrashApi(Vertx vertx, Ledger ledger, Siblings siblings, Supplier<Settings> settings) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.siblings = siblings;
    this.settings = settings;
  }

  /** What lies in the trash, last put there first; the last 200. */
  Future<Answer> list(RoutingContext context) {
    Duration stays = settings.get().storage().trashFor();
    return Future.fromCompletionStage(
            ledger.call(rows -> rows.storage().trash(MOST)), vertx.getOrCreateContext())
        .map(rows -> page(rows, stays));
  }

  private static Answer page(List<StoredRow> rows, Duration stays) {
    ArrayNode items = Json.NODES.arrayNode();
    rows.forEach(row -> items.add(json(row, stays)));
    return Answer.of(200, Json.page(items, null));
  }

  private static ObjectNode json(StoredRow row, Duration stays) {
    RecordingRow recording = row.recording();
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(row.id()))
        .put("room_id", recording.room().publicId())
        .put("room_name", recording.roomName())
        .put("title", recording.title())
        .put("started_at", Json.instant(recording.startedAt()))
        .put("ended_at", Json.instant(recording.endedAt()))
        .put("bytes", row.bytes())
        .put("state", row.disposal().name().toLowerCase(Locale.ROOT))
        .put("cause", row.cause().orElse("person"))
        .put("trashed_at", Json.instant(row.trashedAt()))
        .put("removed_after", Json.instant(row.trashedAt().map(at -> at.plus(stays))));
  }

  /** Into the trash; where there is none, only when the request says {@code final}. */
  Future<Answer> trash(RoutingContext context) {
    long id = Query.id(context, "recording");
    ObjectNode body = Body.optional(context);
    boolean force = flag(body, "force");
    if (settings.get().storage().trashFor().isZero() && !flag(body, "final")) {
      throw new Refusal(
          409,
          "trash.off",
          "the trash is switched off, so this cannot be undone; send \"final\": true to do it");
    }
    return command(new StorageCommand.Trash(id, force));
  }

  Future<Answer> restore(RoutingContext context) {
    return command(new StorageCommand.Restore(Query.id(context, "recording")));
  }

  /** Out of the trash for good. */
  Future<Answer> remove(RoutingContext context) {
    return command(new StorageCommand.Remove(Query.id(context, "recording")));
  }

  Future<Answer> change(RoutingContext context) {
    long id = Query.id(context, "recording");
    ObjectNode body = Body.object(context);
    if (!body.path("protected").isBoolean()) {
      throw new Refusal(422, "field.type", "protected: must be true or false");
    }
    return command(new StorageCommand.Protect(id, body.get("protected").asBoolean()));
  }

  private Future<Answer> command(StorageCommand command) {
    return siblings.storage(command, StorageReply.class).map(TrashApi::answer);
  }

  private static Answer answer(StorageReply reply) {
    String text = reply.reason().map(reason -> reason.text()).orElse("");
    String key = reply.reason().map(reason -> reason.key()).orElse("");
    return switch (reply.outcome()) {
      case NOT_FOUND -> throw Refusal.notFound("recording");
      case REFUSED -> throw new Refusal(409, key, text);
      case PENDING -> Answer.of(202, said(key, text));
      case DONE -> key.isEmpty() ? Answer.empty() : Answer.of(200, said(key, text));
    };
  }

  private static ObjectNode said(String key, String text) {
    return Json.NODES.objectNode().put("key", key).put("detail", text);
  }

  private static boolean flag(ObjectNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new Refusal(422, "field.type", name + ": must be true or false");
    }
    return value.asBoolean();
  }
}
