package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** The settings file as JSON. */
final class SettingsApi {
  private final Siblings siblings;

  SettingsApi(Siblings siblings) {
    this.siblings = siblings;
  }

  Future<Answer> get(RoutingContext context) {
    return siblings
        .settings(new SettingsCommand.Read())
        .map(reply -> new Answer(200, reply.settings(), etag(reply)));
  }

  Future<Answer> change(RoutingContext context) {
    Optional<String> etag = ifMatch(context.request().getHeader(HttpHeaders.IF_MATCH));
    return siblings
        .settings(new SettingsCommand.Patch(Body.object(context), etag))
        .map(reply -> new Answer(200, applied(reply), etag(reply)));
  }

  Future<Answer> fields(RoutingContext context) {
    return siblings
        .settings(wanted(context))
        .map(reply -> new Answer(200, reply.settings().put("etag", reply.etag()), etag(reply)));
  }

  Future<Answer> changeFields(RoutingContext context) {
    Optional<String> etag = ifMatch(context.request().getHeader(HttpHeaders.IF_MATCH));
    return siblings
        .settings(new SettingsCommand.PatchFields(wanted(context), Body.object(context), etag))
        .map(reply -> new Answer(200, applied(reply).put("etag", reply.etag()), etag(reply)));
  }

  private static SettingsCommand.Fields wanted(RoutingContext context) {
    Optional<String> platform = Optional.ofNullable(context.request().getParam("platform"));
    Optional<String> room = Optional.ofNullable(context.request().getParam("room"));
    if (platform.isPresent() && room.isPresent()) {
      throw new Refusal(400, "query", "platform and room do not go together; name one");
    }
    return new SettingsCommand.Fields(platform, room);
  }

  private static Map<String, String> etag(SettingsReply reply) {
    return Map.of("etag", '"' + reply.etag() + '"');
  }

  /** What the header names; empty where any state is fine. */
  static Optional<String> ifMatch(String header) {
    if (header == null || header.strip().equals("*")) {
      return Optional.empty();
    }
    String tag = header.strip();
    boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    return Optional.of(quoted ? tag.substring(1, tag.length() - 1) : tag);
  }

  private static ObjectNode applied(SettingsReply reply) {
    ObjectNode json = Json.NODES.objectNode();
    ArrayNode list = json.putArray("applied");
    reply.applied().forEach(a -> list.addObject().put("key", a.key()).put("when", a.when()));
    json.set("settings", reply.settings());
    return json;
  }
}
