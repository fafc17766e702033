package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.DeliveryCommand;
import dev.sluice.bus.DeliveryCommand.Action;
import dev.sluice.bus.DeliveryOrder;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Deliveries, newest first. */
final class DeliveriesApi {
  private static final Map<Action, String> PAST =
      Map.of(Action.PAUSE, "paused", Action.RESUME, "resumed", Action.SKIP, "skipped");

  private final Vertx vertx;
  private final Ledger ledger;
  private final Siblings siblings;
  private final LiveView view;

  DeliveriesApi(Vertx vertx, Ledger ledger, Siblings siblings, LiveView view) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.siblings = siblings;
    this.view = view;
  }

  private Future<Answer> list(RoutingContext context) {
    int limit = Query.limit(context);
    long before = Query.before(context);
    Optional<DeliveryRow.State> state = Query.text(context, "state").map(DeliveriesApi::state);
    return ledger(
            rows -> page(read(rows, state, before, limit + 1), limit, rows.deliveriesHeldSince()))
        .map(page -> Answer.of(200, page.json(this::json)));
  }

  void routes(Routes routes) {
    routes.on(Access.READ, HttpMethod.GET, "/deliveries", this::list);
    routes.on(Access.WRITE, HttpMethod.POST, "/deliveries/retry", this::retryAll);
    for (Action action : List.of(Action.PAUSE, Action.RESUME)) {
      String path = "/deliveries/" + word(action);
      routes.on(Access.WRITE, HttpMethod.POST, path, context -> hold(action));
    }
    for (Action action : Action.values()) {
      String path = "/deliveries/:id/" + word(action);
      routes.on(Access.WRITE, HttpMethod.POST, path, context -> wish(context, action));
    }
    routes.on(Access.WRITE, HttpMethod.POST, "/recordings/:id/deliveries", this::order);
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /** Carries out what a person wants of one delivery; answers how it stands then. */
  private Future<Answer> wish(RoutingContext context, Action action) {
    long id = Query.id(context, "delivery");
    return siblings
        .deliveries(new DeliveryCommand(id, action))
        .compose(reply -> one(id).map(found -> wished(action, reply, found)));
  }

  /** Holds all sending, or goes on with it. */
  private Future<Answer> hold(Action action) {
    return siblings
        .deliveries(new DeliveryCommand(0, action))
        .compose(reply -> ledger(Ledger.Rows::deliveriesHeldSince))
        .map(
            since ->
                Answer.of(200, Json.NODES.objectNode().put("held_since", Json.instant(since))));
  }

  /** Delivers a recording to the targets of its room that it has not gone to, or once more. */
  private Future<Answer> order(RoutingContext context) {
    boolean again = Body.flag(Body.optional(context), "again");
    long id = Query.id(context, "recording");
    return ledger(
            rows ->
                rows.storage()
                    .disposal(id)
                    .filter(d -> d == Disposal.KEPT)
                    .flatMap(d -> rows.recording(id)))
        .map(found -> found.orElseThrow(() -> Refusal.notFound("recording")))
        .compose(recording -> siblings.order(new DeliveryOrder(id, targets(recording), again)))
        .map(reply -> Answer.of(200, Json.NODES.objectNode().put("count", reply.count())));
  }

  private List<String> targets(RecordingRow recording) {
    List<String> targets =
        view.room(recording.room().publicId())
            .map(room -> room.status().targets())
            .orElse(List.of());
    if (targets.isEmpty()) {
      throw new Refusal(
          409, "delivery.no_target", "the room is not watched, or its settings name no target");
    }
    return targets;
  }

  private <T> Future<T> ledger(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(ledger.call(work), vertx.getOrCreateContext());
  }

  private Future<LedgerNews.NamedDelivery> one(long id) {
    return Future.fromCompletionStage(
            ledger.call(
                rows ->
                    rows.delivery(id)
                        .map(
                            row -> new LedgerNews.NamedDelivery(row, name(rows, row.recording())))),
            vertx.getOrCreateContext())
        .map(found -> found.orElseThrow(() -> Refusal.notFound("delivery")));
  }

  private Answer wished(
      Action action, DeliveryCommand.Reply reply, LedgerNews.NamedDelivery found) {
    if (reply.result() == DeliveryCommand.Result.NOT_FITTING) {
      String key = action == Action.RETRY ? "delivery.not_failed" : "delivery.not_fitting";
      String what = action == Action.RETRY ? "has not failed" : "cannot be " + PAST.get(action);
      throw new Refusal(
          409, key, "this delivery " + what + ": it is " + found.row().state().word());
    }
    return Answer.of(200, json(found).json());
  }

  /** Tries all that failed at once; answers how many they are. */
  private Future<Answer> retryAll(RoutingContext context) {
    return siblings
        .deliveries(new DeliveryCommand(0, DeliveryCommand.Action.RETRY))
        .map(reply -> Answer.of(200, Json.NODES.objectNode().put("count", reply.count())));
  }

  private static DeliveryRow.State state(String word) {
    return Arrays.stream(DeliveryRow.State.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    400,
                    "query.state",
                    "state: waiting, sending, retry, needs_you, paused, skipped or done"));
  }

  private static List<LedgerNews.NamedDelivery> read(
      Ledger.Rows rows, Optional<DeliveryRow.State> state, long before, int limit) {
    Map<Long, String> names = new HashMap<>();
    return rows.deliveries(state, before, limit).stream()
        .map(
            row ->
                new LedgerNews.NamedDelivery(
                    row, names.computeIfAbsent(row.recording(), id -> name(rows, id))))
        .toList();
  }

  private static String name(Ledger.Rows rows, long recording) {
    return rows.recording(recording).map(RecordingRow::roomName).orElse("");
  }

  private static Page page(
      List<LedgerNews.NamedDelivery> found, int limit, Optional<Instant> heldSince) {
    String next = found.size() > limit ? Long.toString(found.get(limit - 1).row().id()) : null;
    return new Page(found.stream().limit(limit).toList(), next, heldSince);
  }

  /** What the ledger says; what only messages tell comes to it on the server's own thread. */
  private record Page(
      List<LedgerNews.NamedDelivery> found, String next, Optional<Instant> heldSince) {
    ObjectNode json(Function<LedgerNews.NamedDelivery, DeliveryView> view) {
      ArrayNode items = Json.NODES.arrayNode();
      found.forEach(each -> items.add(view.apply(each).json()));
      return Json.page(items, next).put("held_since", Json.instant(heldSince));
    }
  }

  private DeliveryView json(LedgerNews.NamedDelivery found) {
    return new DeliveryView(
        found.row(), found.roomName(), view.delivery(found.row().id()).flatMap(DeliveryView::news));
  }
}
