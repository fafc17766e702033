package dev.sluice.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of what answers which request. */
final class Routes {
  static final String API = "/api/v1";

  private static final int BODY_BYTES = 64 * 1024;
  private static final int SETTINGS_BYTES = 1024 * 1024;
  private static final Duration BODY_WITHIN = Duration.ofSeconds(30);
  private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 413, 415, 500, 501);

  private final Router router;
  private final Guard guard;
  private final List<Entry> table = new ArrayList<>();
  private final Map<String, TreeSet<String>> methods = new LinkedHashMap<>();

  Routes(Vertx vertx, Guard guard) {
    router = Router.router(vertx);
    this.guard = guard;
  }

  /** Who may use which method of which address. */
  record Entry(Access access, HttpMethod method, String path) {}

  /** Everything that answers below {@link #API}; nothing else does. */
  List<Entry> table() {
    return List.copyOf(table);
  }

  /** An operation of the API. */
  interface Operation extends Function<RoutingContext, Future<Answer>> {}

  /**
   * Hands a request to its route. The router takes only what it can decode; what it cannot names
   * nothing, or asks for nothing that makes sense.
   *
   * @return whether it went to the router
   */
  static boolean handle(Router router, HttpServerRequest request) {
    boolean path = isEncoded(request.path());
    if (path && isEncoded(request.query())) {
      router.handle(request);
      return true;
    }
    Refusal query = new Refusal(400, "query", "the query is not percent-encoded in the right way");
    Problems.send(request.response(), path ? query : Refusal.notFound("path"));
    return false;
  }

  private static boolean isEncoded(String text) {
    int percent = text == null ? -1 : text.indexOf('%');
    while (percent >= 0) {
      if (!isHex(text, percent + 1) || !isHex(text, percent + 2)) {
        return false;
      }
      percent = text.indexOf('%', percent + 1);
    }
    return true;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  /**
   * Lets a route of the API be asked for without the API's prefix too, as is the custom. To be
   * called before all others.
   */
  void alias(String path) {
    router.route(HttpMethod.GET, path).handler(context -> context.reroute(API + path));
  }

  /** What every request passes first. */
  void door(Door door, Connections connections) {
    router
        .route()
        .handler(
            context -> {
              HttpConnection connection = context.request().connection();
              context.addEndHandler(v -> connections.answered(connection));
              SafeHeaders.put(context.response());
              door.checkHost(context.request());
              door.checkChange(context.request());
              context.next();
            });
  }

  /** A request without a body whose answer is made by the handler itself. */
  void raw(Access access, List<HttpMethod> allowed, String path, Handler<RoutingContext> handler) {
    Route route = router.route(API + path);
    allowed.forEach(method -> route.method(entered(access, method, path)));
    route.handler(context -> guarded(context, c -> admit(access, c, false)));
    route.handler(context -> guarded(context, handler));
  }

  /** An operation; who may not use it never gets to it, nor has a body read. */
  void on(Access access, HttpMethod method, String path, Operation operation) {
    boolean mayHaveBody = !method.equals(HttpMethod.GET);
    router
        .route(entered(access, method, path), API + path)
        .handler(context -> guarded(context, c -> admit(access, c, mayHaveBody)));
    // a route of its own: the router wants whatever reads bodies before all other handlers of one
    Route route = router.route(method, API + path);
    if (mayHaveBody) {
      int limit = path.equals("/settings") ? SETTINGS_BYTES : BODY_BYTES;
      route.handler(BodyHandler.create(false).setBodyLimit(limit));
    }
    route.handler(context -> guarded(context, c -> run(access, c, operation)));
  }

  private void run(Access access, RoutingContext context, Operation operation) {
    Guard.checkAdmitted(context, access);
    operation
        .apply(context)
        .onSuccess(answer -> done(access, context, answer))
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private HttpMethod entered(Access access, HttpMethod method, String path) {
    table.add(new Entry(access, method, API + path));
    methods.computeIfAbsent(API + path, p -> new TreeSet<>()).add(method.name());
    return method;
  }

  private void admit(Access access, RoutingContext context, boolean mayHaveBody) {
    guard.admit(access, context);
    if (mayHaveBody) {
      expectBody(context);
    }
    context.next();
  }

  /**
   * What was changed or deleted stands in the audit log; what is the owner's alone notes itself.
   */
  private void done(Access access, RoutingContext context, Answer answer) {
    HttpMethod method = context.request().method();
    boolean deleted = method.equals(HttpMethod.DELETE);
    if (access == Access.WRITE && (deleted || method.equals(HttpMethod.PATCH))) {
      String what = deleted ? "deleted" : "changed";
      guard.audit(context, what, context.normalizedPath().substring(API.length() + 1));
    }
    answer.send(context);
  }

  private static void guarded(RoutingContext context, Handler<RoutingContext> handler) {
    try {
      handler.handle(context);
    } catch (RuntimeException e) {
      Problems.answer(context, e);
    }
  }

  /** A body that trickles in holds nobody up for longer than this. */
  private static void expectBody(RoutingContext context) {
    HttpServerRequest request = context.request();
    Body.checkType(request);
    long timer =
        context
            .vertx()
            .setTimer(
                BODY_WITHIN.toMillis(),
                id -> {
                  if (!request.isEnded()) {
                    request.connection().close();
                  }
                });
    context.addEndHandler(v -> context.vertx().cancelTimer(timer));
  }

  /** To be called last: what no route took. */
  Router done(PageFiles pages) {
    methods.forEach(
        (path, allowed) ->
            router.route(path).handler(context -> guarded(context, c -> notAllowed(c, allowed))));
    router.route("/api/*").handler(context -> guarded(context, this::nothingHere));
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(pages::send);
    router.route().handler(context -> Problems.answer(context, Refusal.notFound("path")));
    router.route().failureHandler(Problems::failed);
    STATUSES.forEach(status -> router.errorHandler(status, Problems::failed));
    return router;
  }

  /** Who is not known learns not even what there is. */
  private void nothingHere(RoutingContext context) {
    guard.admit(Access.READ, context);
    throw Refusal.notFound("path");
  }

  private void notAllowed(RoutingContext context, TreeSet<String> allowed) {
    guard.admit(Access.READ, context);
    String list = allowed.stream().collect(Collectors.joining(", "));
    context.response().putHeader("allow", list);
    throw new Refusal(405, "method", "this address takes only " + list);
  }
}
