package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.WebhookRow;
import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Webhooks, what they were sent and what came of it. They are set up in the settings. */
final class WebhooksApi {
  private final Vertx vertx;
  private final Ledger ledger;
  private final Siblings siblings;
  private final Supplier<Settings> settings;

  WebhooksApi(Vertx vertx, WebTools tools, Siblings siblings) {
    this.vertx = vertx;
    this.ledger = tools.ledger();
    this.siblings = siblings;
    this.settings = tools.settings();
  }

  Future<Answer> list(RoutingContext context) {
    Map<String, Webhook> hooks = new TreeMap<>(settings.get().webhooks());
    return Future.fromCompletionStage(
            ledger.call(rows -> rows.webhooks().waiting()), vertx.getOrCreateContext())
        .map(
            waiting -> {
              ObjectNode json = Json.NODES.objectNode();
              ArrayNode items = json.putArray("items");
              hooks
                  .values()
                  .forEach(hook -> items.add(json(hook, waiting.getOrDefault(hook.name(), 0L))));
              return Answer.of(200, json);
            });
  }

  /** Path and query may hold what lets one in: only the host is shown. */
  private static ObjectNode json(Webhook hook, long waiting) {
    ObjectNode json =
        Json.NODES
            .objectNode()
            .put("name", hook.name())
            .put("host", hook.url().getHost())
            .put("signed", hook.secretFile().isPresent())
            .put("private", hook.allowPrivate())
            .put("waiting", waiting);
    json.set("events", Json.texts(hook.events()));
    return json;
  }

  Future<Answer> log(RoutingContext context) {
    String name = name(context);
    int limit = Query.limit(context);
    long before = Query.before(context);
    return Future.fromCompletionStage(
            ledger.call(rows -> rows.webhooks().log(name, before, limit + 1)),
            vertx.getOrCreateContext())
        .map(found -> page(found, limit));
  }

  private static Answer page(List<WebhookRow> found, int limit) {
    ArrayNode items = Json.NODES.arrayNode();
    found.stream().limit(limit).forEach(row -> items.add(json(row)));
    String next = found.size() > limit ? Long.toString(found.get(limit - 1).id()) : null;
    return Answer.of(200, Json.page(items, next));
  }

  private static ObjectNode json(WebhookRow row) {
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(row.id()))
        .put("event", row.event())
        .put("type", row.type())
        .put("state", row.state().word())
        .put("created_at", Json.instant(row.createdAt()))
        .put("tries", row.tries())
        .put("next_try_at", Json.instant(row.nextTryAt()))
        .put("status", row.status() == 0 ? null : row.status())
        .put("error", row.error().orElse(null))
        .put("done_at", Json.instant(row.doneAt()))
        .put("body", row.body());
  }

  Future<Answer> test(RoutingContext context) {
    return siblings
        .testWebhook(name(context))
        .map(
            result ->
                Answer.of(
                    200,
                    Json.NODES
                        .objectNode()
                        .put("ok", result.ok())
                        .put("status", result.status() == 0 ? null : result.status())
                        .put("error", result.error().isEmpty() ? null : result.error())));
  }

  private String name(RoutingContext context) {
    String name = context.pathParam("name");
    if (!settings.get().webhooks().containsKey(name)) {
      throw Refusal.notFound("webhook");
    }
    return name;
  }
}
