package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.bus.DeliveryCommand;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deliveries, newest first. */
final class DeliveriesApi {
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

  Future<Answer> list(RoutingContext context) {
    int limit = Query.limit(context);
    long before = Query.before(context);
    Optional<DeliveryRow.State> state = Query.text(context, "state").map(DeliveriesApi::state);
    return Future.fromCompletionStage(
            ledger.call(rows -> read(rows, state, before, limit + 1)), vertx.getOrCreateContext())
        .map(found -> page(found, limit));
  }

  /** Tries a delivery that failed at once; answers how it stands then. */
  Future<Answer> retry(RoutingContext context) {
    long id = Query.id(context, "delivery");
    return siblings
        .deliveries(new DeliveryCommand(id, DeliveryCommand.Action.RETRY))
        .compose(reply -> one(id).map(found -> retried(reply, found)));
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

  private Answer retried(DeliveryCommand.Reply reply, LedgerNews.NamedDelivery found) {
    if (reply.result() == DeliveryCommand.Result.NOT_FAILED) {
      throw new Refusal(
          409,
          "delivery.not_failed",
          "this delivery has not failed: it is " + found.row().state().word());
    }
    return Answer.of(200, json(found).json());
  }

  /** Tries all that failed at once; answers how many they are. */
  Future<Answer> retryAll(RoutingContext context) {
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
                    400, "query.state", "state: waiting, sending, retry, needs_you or done"));
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

  private Answer page(List<LedgerNews.NamedDelivery> found, int limit) {
    ArrayNode items = Json.NODES.arrayNode();
    found.stream().limit(limit).forEach(each -> items.add(json(each).json()));
    String next = found.size() > limit ? Long.toString(found.get(limit - 1).row().id()) : null;
    return Answer.of(200, Json.page(items, next));
  }

  private DeliveryView json(LedgerNews.NamedDelivery found) {
    return new DeliveryView(
        found.row(), found.roomName(), view.delivery(found.row().id()).flatMap(DeliveryView::news));
  }
}
