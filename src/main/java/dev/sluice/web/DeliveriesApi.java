package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
  private final LiveView view;

  DeliveriesApi(Vertx vertx, Ledger ledger, LiveView view) {
    this.vertx = vertx;
    this.ledger = ledger;
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
