package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** What a person should know. */
final class NoticesApi {
  private final Siblings siblings;

  NoticesApi(Siblings siblings) {
    this.siblings = siblings;
  }

  Future<Answer> list(RoutingContext context) {
    return siblings
        .notices()
        .map(
            list -> {
              ObjectNode json = Json.NODES.objectNode();
              ArrayNode items = json.putArray("items");
              list.shown().forEach(notice -> items.add(Json.notice(notice)));
              return Answer.of(200, json);
            });
  }

  Future<Answer> dismiss(RoutingContext context) {
    return siblings
        .dismiss(context.pathParam("id"))
        .map(
            known -> {
              if (!known) {
                throw Refusal.notFound("notice");
              }
              return Answer.empty();
            });
  }
}
