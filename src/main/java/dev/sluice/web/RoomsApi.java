package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RoomCommand;
import dev.sluice.bus.RoomCommand.Action;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.Topics;
import dev.sluice.room.RoomState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Rooms: what is known of them, and what a person wants of them. */
final class RoomsApi {
  /** How long a change of the settings may take to reach the rooms. */
  private static final Duration SHOWS_WITHIN = Duration.ofSeconds(2);

  /** How long a recorder may take to close its files before a removal is answered all the same. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(4);

  private static final Duration POLL = Duration.ofMillis(50);

  private final Vertx vertx;
  private final Siblings siblings;
  private final LiveView view;
  private final LiveFeed feed;

  RoomsApi(Vertx vertx, Siblings siblings, LiveView view, LiveFeed feed) {
    this.vertx = vertx;
    this.siblings = siblings;
    this.view = view;
    this.feed = feed;
  }

  Future<Answer> list(RoutingContext context) {
    ArrayNode items = Json.NODES.arrayNode();
    view.rooms().forEach(room -> items.add(room.json()));
    ObjectNode all = Json.NODES.objectNode();
    all.set("items", items);
    return Future.succeededFuture(Answer.of(200, all));
  }

  Future<Answer> get(RoutingContext context) {
    return Future.succeededFuture(Answer.of(200, room(id(context)).json()));
  }

  /** How fast it received and wrote over the last ten minutes. */
  Future<Answer> rates(RoutingContext context) {
    String id = room(id(context)).status().id();
    return Future.succeededFuture(Answer.of(200, feed.rates(id)));
  }

  Future<Answer> add(RoutingContext context) {
    return siblings
        .settings(new SettingsCommand.AddRoom(Body.newRoom(context)))
        .compose(reply -> shown(id(reply), room -> true).map(room -> added(reply, room)));
  }

  private static String id(SettingsReply reply) {
    return reply.roomId().orElseThrow(() -> new IllegalStateException("no id of the room added"));
  }

  private static Answer added(SettingsReply reply, RoomView room) {
    ObjectNode json = room.json();
    if (reply.outcome() == SettingsReply.Outcome.ALREADY) {
      return Answer.of(200, json.put("already", true));
    }
    return new Answer(201, json, Map.of("location", "rooms/" + room.status().id()));
  }

  Future<Answer> change(RoutingContext context) {
    ObjectNode change = Body.roomChange(context);
    String id = room(id(context)).status().id();
    if (change.isEmpty()) {
      return get(context);
    }
    return siblings
        .settings(new SettingsCommand.PatchRoom(id, change))
        .compose(reply -> shown(id, status -> hasTaken(status, change)))
        .map(room -> Answer.of(200, room.json()));
  }

  /** What goes back to an inherited value is not waited for: nobody here knows that value. */
  private static boolean hasTaken(RoomStatus status, ObjectNode change) {
    boolean name = !change.hasNonNull("name") || status.name().equals(change.get("name").asText());
    boolean mode =
        !change.hasNonNull("mode") || status.mode().word().equals(change.get("mode").asText());
    boolean targets =
        !change.hasNonNull("targets") || Json.texts(status.targets()).equals(change.get("targets"));
    return name && mode && targets;
  }

  /** Answered when nothing of it runs any more, or after a while with what still runs. */
  Future<Answer> remove(RoutingContext context) {
    String id = id(context);
    return siblings
        .settings(new SettingsCommand.RemoveRoom(id))
        .compose(reply -> gone(id, System.nanoTime() + GONE_WITHIN.toNanos()))
        .map(left -> left.map(room -> Answer.of(202, room.json())).orElseGet(Answer::empty));
  }

  private Future<Optional<RoomView>> gone(String id, long deadline) {
    return feed.refreshRooms()
        .compose(
            v -> {
              Optional<RoomView> left = view.room(id);
              if (left.isEmpty() || System.nanoTime() - deadline > 0) {
                return Future.succeededFuture(left);
              }
              return vertx.timer(POLL).compose(t -> gone(id, deadline));
            });
  }

  /** Takes a removal back. */
  Future<Answer> restore(RoutingContext context) {
    return siblings
        .settings(new SettingsCommand.RestoreRoom(id(context)))
        .compose(reply -> shown(id(reply), room -> true))
        .map(room -> Answer.of(200, room.json()));
  }

  Future<Answer> check(RoutingContext context) {
    return command(context, Action.CHECK);
  }

  Future<Answer> startRecording(RoutingContext context) {
    return command(context, Action.START);
  }

  Future<Answer> stopRecording(RoutingContext context) {
    return command(context, Action.STOP);
  }

  Future<Answer> cut(RoutingContext context) {
    if (room(id(context)).state() != RoomState.RECORDING) {
      throw new Refusal(409, "room.not_recording", "nothing is recorded that could be cut");
    }
    return command(context, Action.CUT);
  }

  private Future<Answer> command(RoutingContext context, Action action) {
    String id = room(id(context)).status().id();
    Topics.ROOM_COMMAND.send(vertx, new RoomCommand(id, action));
    return feed.refreshRooms().map(v -> Answer.of(202, room(id).json()));
  }

  private static String id(RoutingContext context) {
    return context.pathParam("id");
  }

  private RoomView room(String id) {
    return view.room(id).orElseThrow(() -> Refusal.notFound("room"));
  }

  /** The room as soon as it shows so; after a while as it is. */
  private Future<RoomView> shown(String id, Predicate<RoomStatus> wanted) {
    return shown(id, wanted, System.nanoTime() + SHOWS_WITHIN.toNanos());
  }

  private Future<RoomView> shown(String id, Predicate<RoomStatus> wanted, long deadline) {
    return feed.refreshRooms()
        .compose(
            v -> {
              boolean there = view.room(id).filter(r -> wanted.test(r.status())).isPresent();
              if (there || System.nanoTime() - deadline > 0) {
                return Future.succeededFuture(view.room(id).orElseThrow(RoomsApi::pending));
              }
              return vertx.timer(POLL).compose(t -> shown(id, wanted, deadline));
            });
  }

  private static Refusal pending() {
    return new Refusal(503, "room.pending", "the room is stored and will show soon");
  }
}
