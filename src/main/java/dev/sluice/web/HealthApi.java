package dev.sluice.web;

import dev.sluice.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** For who watches the process. Anybody may ask, so nothing is told but a word. */
final class HealthApi {
  private static final Duration LEDGER_WITHIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Ledger ledger;

  HealthApi(Vertx vertx, Ledger ledger) {
    this.vertx = vertx;
    this.ledger = ledger;
  }

  void routes(Routes routes) {
    routes.on(Access.PUBLIC, HttpMethod.GET, "/health/live", context -> is("up"));
    routes.on(Access.PUBLIC, HttpMethod.GET, "/health/ready", this::ready);
  }

  /** Ready is a server whose ledger answers. */
  private Future<Answer> ready(RoutingContext context) {
    Future<Long> number =
        Future.fromCompletionStage(
            ledger.call(rows -> rows.door().audits(1, 1).stream().count()),
            vertx.getOrCreateContext());
    return number
        .timeout(LEDGER_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .compose(v -> is("ready"))
        .recover(
            failure ->
                Future.failedFuture(
                    new Refusal(503, "not_ready", "the ledger does not answer; the log says why")));
  }

  private static Future<Answer> is(String status) {
    return Future.succeededFuture(Answer.of(200, Json.NODES.objectNode().put("status", status)));
  }
}
