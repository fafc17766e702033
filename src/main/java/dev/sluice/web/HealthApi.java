package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RoomStatus;
import dev.sluice.ledger.DeliveryRow.State;
import dev.sluice.ledger.Ledger;
import dev.sluice.room.RoomState;
import dev.sluice.web.HealthReport.Facts;
import dev.sluice.web.HealthReport.Finding;
import dev.sluice.web.HealthReport.Folder;
import dev.sluice.web.HealthReport.Level;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * For who watches the process. Whether it lives and is ready anybody may ask, so nothing is told
 * but a word; the rest is for who is signed in.
 */
final class HealthApi {
  private static final Duration LEDGER_WITHIN = Duration.ofSeconds(5);
  private static final Duration FOLDER_WITHIN = Duration.ofSeconds(10);
  private static final Set<RoomState> BUSY =
      Set.of(RoomState.STARTING, RoomState.RECORDING, RoomState.GRACE, RoomState.STOPPING);

  /** Deliveries that need a person are counted up to this. */
  private static final int MOST_COUNTED = 1000;

  private final Vertx vertx;
  private final WebTools tools;
  private final Siblings siblings;
  private final FilePool pool;
  private final Pulse pulse;

  HealthApi(Vertx vertx, WebTools tools, Siblings siblings) {
    this.vertx = vertx;
    this.tools = tools;
    this.siblings = siblings;
    this.pool = new FilePool(vertx);
    this.pulse = new Pulse(vertx);
  }

  void routes(Routes routes) {
    pulse.start();
    routes.on(Access.PUBLIC, HttpMethod.GET, "/health/live", context -> is("up"));
    routes.on(Access.PUBLIC, HttpMethod.GET, "/health/ready", this::ready);
    routes.on(Access.READ, HttpMethod.GET, "/health/idle", this::idle);
    routes.on(Access.READ, HttpMethod.GET, "/health", this::report);
  }

  /**
   * Ready is a server whose ledger answers and whose monitor, which is started last of all, tells
   * of its rooms.
   */
  private Future<Answer> ready(RoutingContext context) {
    return ledger(rows -> rows.door().audits(1, 1).size())
        .recover(failure -> refuse("not_ready", "the ledger does not answer; the log says why"))
        .compose(answered -> siblings.rooms())
        .recover(
            failure ->
                failure instanceof Refusal
                    ? Future.failedFuture(failure)
                    : refuse("not_ready", "not everything is started yet"))
        .compose(rooms -> is("ready"));
  }

  /** Idle is a server that may be stopped: nothing is recorded, nothing is sent. */
  private Future<Answer> idle(RoutingContext context) {
    return siblings
        .rooms()
        .compose(
            rooms -> {
              long recording = rooms.stream().filter(room -> BUSY.contains(room.state())).count();
              return ledger(rows -> rows.deliveries(Optional.of(State.SENDING), Long.MAX_VALUE, 1))
                  .compose(
                      sending ->
                          recording == 0 && sending.isEmpty()
                              ? is("idle")
                              : refuse(
                                  "busy",
                                  sending.isEmpty()
                                      ? recording + " rooms are recorded"
                                      : "files are being delivered"));
            });
  }

  private Future<Answer> report(RoutingContext context) {
    Path root = tools.settings().get().global().dir();
    long began = System.nanoTime();
    Future<Long> stuck =
        ledger(
                rows ->
                    (long)
                        rows.deliveries(Optional.of(State.NEEDS_YOU), Long.MAX_VALUE, MOST_COUNTED)
                            .size())
            .otherwise(-1L);
    Future<Long> ledgerMillis = stuck.map(count -> count < 0 ? -1L : millisSince(began));
    Future<Folder> folder = folder(root);
    Future<Optional<List<RoomStatus>>> rooms =
        siblings.rooms().map(Optional::of).otherwise(Optional.empty());
    Future<Optional<NoticeList>> notices =
        siblings.notices().map(Optional::of).otherwise(Optional.empty());
    return Future.all(ledgerMillis, folder, rooms, notices)
        .map(
            all -> {
              Runtime runtime = Runtime.getRuntime();
              return new Facts(
                  Optional.of(ledgerMillis.result()).filter(millis -> millis >= 0),
                  List.of(folder.result()),
                  rooms.result(),
                  Math.max(0, stuck.result()),
                  notices.result(),
                  pulse.lateMillis(),
                  runtime.totalMemory() - runtime.freeMemory(),
                  runtime.maxMemory());
            })
        .map(facts -> answer(HealthReport.of(facts)));
  }

  private Answer answer(List<Finding> findings) {
    Level worst = findings.stream().map(Finding::level).max(Level::compareTo).orElse(Level.OK);
    ObjectNode json =
        Json.NODES.objectNode().put("status", word(worst)).put("version", tools.version());
    ArrayNode checks = json.putArray("checks");
    for (Finding finding : findings) {
      ObjectNode check = checks.addObject();
      check.put("key", finding.key()).put("level", word(finding.level()));
      check.put("text", finding.text()).set("values", Json.values(finding.values()));
    }
    return Answer.of(200, json);
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /** Writes a byte and forces it; a disk that hangs is not waited for. */
  private Future<Folder> folder(Path root) {
    long began = System.nanoTime();
    return pool.run(root, () -> FolderTrial.of(root))
        .timeout(FOLDER_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .map(seen -> new Folder(root, seen.problem(), millisSince(began), seen.freeBytes()))
        .otherwise(
            failure ->
                new Folder(root, "no answer within " + FOLDER_WITHIN.toSeconds() + " s", -1, -1));
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private <T> Future<T> ledger(Function<Ledger.Rows, T> work) {
    return Future.fromCompletionStage(tools.ledger().call(work), vertx.getOrCreateContext())
        .timeout(LEDGER_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  private static Future<Answer> is(String status) {
    return Future.succeededFuture(Answer.of(200, Json.NODES.objectNode().put("status", status)));
  }

  private static <T> Future<T> refuse(String key, String detail) {
    return Future.failedFuture(new Refusal(503, key, detail));
  }
}
