package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.AuditRow;
import dev.sluice.ledger.KeyRow;
import dev.sluice.web.door.KeyBook;
import dev.sluice.web.door.Tokens;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** API keys, and the audit log. */
final class KeysApi {
  private final Guard guard;

  KeysApi(Guard guard) {
    this.guard = guard;
  }

  /** All keys, without the keys themselves. */
  Future<Answer> list(RoutingContext context) {
    ArrayNode items = Json.NODES.arrayNode();
    guard.keys.all().forEach(row -> items.add(view(row)));
    ObjectNode all = Json.NODES.objectNode();
    all.set("items", items);
    return Future.succeededFuture(Answer.of(200, all));
  }

  private static ObjectNode view(KeyRow row) {
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(row.id()))
        .put("name", row.name())
        .put("read_only", row.readOnly())
        .put("created_at", Json.instant(row.createdAt()))
        .put("used_at", Json.instant(row.usedAt()));
  }

  /** A new one, shown in this answer and never again. */
  Future<Answer> add(RoutingContext context) {
    ObjectNode body = Body.object(context);
    String name = Body.text(body, "name").strip();
    KeyBook.problem(name)
        .ifPresent(
            why -> {
              throw new Refusal(422, "key.name", why);
            });
    boolean readOnly = Body.flag(body, "read_only");
    if (guard.keys.hasName(name)) {
      throw new Refusal(409, "key.taken", "there is a key of this name: choose another");
    }
    if (guard.keys.all().size() >= KeyBook.MAX) {
      throw new Refusal(409, "key.many", "there are " + KeyBook.MAX + " keys: remove some");
    }
    String key = KeyBook.newKey();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    KeyRow row = new KeyRow(0, Tokens.hash(key), name, readOnly, now, Optional.empty());
    return guard
        .ledger
        .ask(rows -> rows.addKey(row))
        .map(
            id -> {
              KeyRow kept = new KeyRow(id, row.hash(), name, readOnly, now, Optional.empty());
              guard.keys.add(kept);
              guard.audit(context, "key.added", name);
              return Answer.of(201, view(kept).put("key", key));
            });
  }

  /** A key that nobody may use any more. */
  Future<Answer> remove(RoutingContext context) {
    String id = context.pathParam("id");
    KeyRow row =
        guard.keys.all().stream()
            .filter(each -> Long.toString(each.id()).equals(id))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("key"));
    guard.keys.remove(row.id());
    return guard
        .ledger
        .insist(rows -> rows.removeKey(row.id()))
        .map(
            removed -> {
              guard.audit(context, "key.removed", row.name());
              return Answer.empty();
            });
  }

  /** What was done, newest first. */
  Future<Answer> audit(RoutingContext context) {
    int limit = Query.limit(context);
    return guard
        .ledger
        .audits(Query.before(context), limit + 1)
        .map(rows -> Answer.of(200, page(rows, limit)));
  }

  private static ObjectNode page(List<AuditRow> rows, int limit) {
    List<AuditRow> shown = rows.subList(0, Math.min(limit, rows.size()));
    ArrayNode items = Json.NODES.arrayNode();
    for (AuditRow row : shown) {
      items
          .addObject()
          .put("id", Long.toString(row.id()))
          .put("at", Json.instant(row.at()))
          .put("last_at", Json.instant(row.lastAt()))
          .put("times", row.times())
          .put("what", row.what())
          .put("who", row.who())
          .put("address", row.address())
          .put("subject", row.subject());
    }
    boolean more = rows.size() > limit;
    return Json.page(items, more ? Long.toString(shown.get(limit - 1).id()) : null);
  }
}
