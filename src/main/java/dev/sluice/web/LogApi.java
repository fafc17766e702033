package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.LogLine;
import dev.sluice.bus.LogQuery;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The last events of the log. A page that shows them asks again for what is newer. */
final class LogApi {
  private final Siblings siblings;

  LogApi(Siblings siblings) {
    this.siblings = siblings;
  }

  void routes(Routes routes) {
    routes.on(Access.READ, HttpMethod.GET, "/log", this::list);
  }

  private Future<Answer> list(RoutingContext context) {
    int limit = Query.limit(context);
    LogQuery query =
        new LogQuery(
            Query.text(context, "level").map(LogApi::level).orElse(LogLine.Level.DEBUG),
            Query.text(context, "room"),
            Query.text(context, "text"),
            Query.after(context),
            Query.before(context),
            limit + 1);
    return siblings.log(query).map(page -> answer(page, limit));
  }

  private static Answer answer(LogQuery.Page page, int limit) {
    List<LogLine> found = page.lines();
    ArrayNode items = Json.NODES.arrayNode();
    found.stream().limit(limit).forEach(line -> items.add(json(line)));
    String next = found.size() > limit ? Long.toString(found.get(limit - 1).id()) : null;
    return Answer.of(200, Json.page(items, next).put("newest", Long.toString(page.newest())));
  }

  private static LogLine.Level level(String word) {
    return Arrays.stream(LogLine.Level.values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> new Refusal(400, "query.level", "level: debug, info, warn or error"));
  }

  private static ObjectNode json(LogLine line) {
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(line.id()))
        .put("at", Json.instant(line.at()))
        .put("level", line.level().name().toLowerCase(Locale.ROOT))
        .put("room_id", line.room().orElse(null))
        .put("logger", line.logger())
        .put("text", line.text())
        .put("trace", line.trace().orElse(null));
  }
}
