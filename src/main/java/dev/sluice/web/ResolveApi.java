package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RoomResolve;
import dev.sluice.platform.ShareText;
import dev.sluice.platform.ShareText.Entry;
import dev.sluice.room.Liveness;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a pasted text names, for who thinks of adding it: nothing is added here. */
final class ResolveApi {
  /** More in one text are not told of. */
  private static final int MOST = 200;

  private static final int MOST_TEXT = 60_000;

  /** If more stand in a text none of them is looked at. */
  private static final int MOST_LOOKS = 3;

  private final Siblings siblings;

  ResolveApi(Siblings siblings) {
    this.siblings = siblings;
  }

  void routes(Routes routes) {
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/resolve", this::resolve);
  }

  private Future<Answer> resolve(RoutingContext context) {
    ObjectNode body = Body.object(context);
    List<Entry> entries = ShareText.entries(Body.text(body, "text", MOST_TEXT));
    List<Entry> told = entries.subList(0, Math.min(MOST, entries.size()));
    List<Entry> rest = entries.subList(told.size(), entries.size());
    boolean look = Body.flag(body, "look", true) && told.size() <= MOST_LOOKS;
    List<Future<RoomResolve.Answer>> answers =
        told.stream().map(entry -> siblings.resolve(new RoomResolve(entry.link(), look))).toList();
    return Future.all(answers).map(all -> answer(told, all.list(), rest));
  }

  private static Answer answer(
      List<Entry> entries, List<RoomResolve.Answer> answers, List<Entry> rest) {
    ArrayNode items = Json.NODES.arrayNode();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      ObjectNode item =
          Json.NODES
              .objectNode()
              .put("text", entries.get(i).text())
              .put("link", entries.get(i).link());
      if (answers.get(i) instanceof RoomResolve.Room room) {
        room(item, room).put("repeated", !seen.add(room.key().toString()));
      } else if (answers.get(i) instanceof RoomResolve.Refused refused) {
        item.putNull("room");
        item.put("repeated", false)
            .putObject("error")
            .put("key", refused.key())
            .put("detail", refused.detail());
      }
      items.add(item);
    }
    ObjectNode json = Json.NODES.objectNode();
    json.set("items", items);
    String left = rest.stream().map(Entry::text).collect(Collectors.joining("\n"));
    return Answer.of(200, json.put("rest", left));
  }

  private static ObjectNode room(ObjectNode item, RoomResolve.Room room) {
    item.putObject("room")
        .put("id", room.key().publicId())
        .put("key", room.key().toString())
        .put("platform", room.key().platform())
        .put("name", room.name())
        .put("watched", room.watched().map(Mode::word).orElse(null))
        .put("live", room.liveness() == Liveness.UNKNOWN ? null : room.liveness() == Liveness.LIVE)
        .put("reason", room.reason().map(Reason::text).orElse(null))
        .put("reason_key", room.reason().map(Reason::key).orElse(null))
        .put("quality", room.quality().isEmpty() ? null : room.quality());
    item.withObject("/room")
        .set("reason_values", Json.values(room.reason().map(Reason::values).orElse(Map.of())));
    return item.putNull("error");
  }
}
