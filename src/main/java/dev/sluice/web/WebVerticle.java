package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Serves the page, the API and the live WebSocket. Runs on an event loop. */
public final class WebVerticle extends VerticleBase {
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(3);
  private static final int MAX_LINE = 8192;

  /** What is asked for without the API's prefix, as is the custom. */
  private static final List<String> ALIASES =
      List.of("/health/live", "/health/ready", "/health/idle", "/metrics");

  private final WebTools tools;
  private OpenApiFile description;
  private HttpServer server;
  private Routes routes;
  private volatile Entrance entrance;
  private volatile int port;

  /** Starts nothing yet. */
  public WebVerticle(WebTools tools) {
    this.tools = tools;
  }

  /** The port that is listened on, once started. From any thread. */
  public int port() {
    return port;
  }

  /**
   * What stands behind the page's address to come in without a password: a code for the first
   * start, while that is not done. From any thread, once started.
   */
  public Optional<String> setupCode() {
    return entrance.setupCode();
  }

  /** A code that signs one browser in, once. From any thread, once started. */
  public String signInCode() {
    return entrance.signInCode();
  }

  /** Every route with its access. For tests. */
  List<Routes.Entry> table() {
    return routes.table();
  }

  @Override
  public Future<?> start() {
    entrance = new Entrance(vertx, tools);
    return vertx
        .executeBlocking(OpenApiFile::load)
        .onSuccess(loaded -> description = loaded)
        .compose(v -> vertx.executeBlocking(() -> PageFiles.load(tools.webroot())))
        .compose(pages -> entrance.start().compose(v -> serve(pages)));
  }

  @Override
  public Future<?> stop() {
    Future<?> ended = server == null ? Future.succeededFuture() : server.shutdown(ENDS_WITHIN);
    return ended.eventually(entrance::stop);
  }

  private List<String> names() {
    Settings.Server server = tools.settings().get().server();
    List<String> names = new ArrayList<>(server.names());
    names.add(server.host());
    names.add(tools.host());
    return names;
  }

  private Future<?> serve(PageFiles pages) {
    LiveView view = new LiveView(about());
    Siblings siblings = new Siblings(vertx);
    LiveFeed feed = new LiveFeed(vertx, tools.ledger(), siblings, view);
    Door door = new Door(this::names);
    Guard guard = entrance.guard();
    Connections connections = new Connections(vertx, entrance.peers()::isTrusted);
    LiveSocket live = new LiveSocket(vertx, view, feed, door, guard, connections);
    Routes routes = new Routes(vertx, guard);
    ALIASES.forEach(routes::alias);
    routes.door(door, connections);
    entrance.routes(routes, siblings);
    rooms(routes, new RoomsApi(vertx, siblings, view, feed));
    new ResolveApi(siblings).routes(routes);
    rows(routes, siblings, view);
    storage(routes, siblings);
    settings(routes, new SettingsApi(siblings));
    notices(routes, new NoticesApi(siblings));
    webhooks(routes, new WebhooksApi(vertx, tools, siblings));
    new LogApi(siblings).routes(routes);
    new MetricsApi(vertx, tools, view).routes(routes);
    description.routes(routes);
    routes.raw(Access.READ, List.of(HttpMethod.GET), "/live", live::open);
    new HealthApi(vertx, tools, siblings).routes(routes);
    this.routes = routes;
    return feed.start()
        .compose(v -> listen(routes.done(pages), connections))
        .onSuccess(listening -> live.start());
  }

  private ObjectNode about() {
    return Json.NODES
        .objectNode()
        .put("version", tools.version())
        .put("zone", ZoneId.systemDefault().getId());
  }

  private static void rooms(Routes routes, RoomsApi rooms) {
    routes.on(Access.READ, HttpMethod.GET, "/rooms", rooms::list);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms", rooms::add);
    routes.on(Access.READ, HttpMethod.GET, "/rooms/:id", rooms::get);
    routes.on(Access.READ, HttpMethod.GET, "/rooms/:id/rates", rooms::rates);
    routes.on(Access.WRITE, HttpMethod.PATCH, "/rooms/:id", rooms::change);
    routes.on(Access.WRITE, HttpMethod.DELETE, "/rooms/:id", rooms::remove);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/:id/restore", rooms::restore);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/:id/check", rooms::check);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/:id/start", rooms::startRecording);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/:id/stop", rooms::stopRecording);
    routes.on(Access.WRITE, HttpMethod.POST, "/rooms/:id/cut", rooms::cut);
  }

  private void rows(Routes routes, Siblings siblings, LiveView view) {
    DeliveriesApi deliveries = new DeliveriesApi(vertx, tools.ledger(), siblings, view);
    deliveries.routes(routes);
    FilePool pool = new FilePool(vertx);
    RecordingsApi recordings = new RecordingsApi(vertx, tools.ledger(), view, pool);
    routes.on(Access.READ, HttpMethod.GET, "/recordings", recordings::list);
    routes.on(Access.READ, HttpMethod.GET, "/recordings/:id", recordings::get);
    FilesApi files = new FilesApi(vertx, tools.ledger(), pool);
    List<HttpMethod> reading = List.of(HttpMethod.GET, HttpMethod.HEAD);
    routes.raw(Access.READ, reading, "/recordings/:id/files/:name", files::send);
    PlayApi play = new PlayApi(vertx, tools.ledger(), view, pool);
    play.routes(routes);
    new JoinApi(play, pool).routes(routes);
  }

  private void storage(Routes routes, Siblings siblings) {
    StorageApi storage = new StorageApi(siblings, tools.settings());
    routes.on(Access.READ, HttpMethod.GET, "/storage", storage::overview);
    routes.on(Access.READ, HttpMethod.GET, "/storage/next", storage::next);
    TrashApi trash = new TrashApi(vertx, tools.ledger(), siblings, tools.settings());
    routes.on(Access.READ, HttpMethod.GET, "/trash", trash::list);
    routes.on(Access.WRITE, HttpMethod.DELETE, "/trash/:id", trash::remove);
    routes.on(Access.WRITE, HttpMethod.PATCH, "/recordings/:id", trash::change);
    routes.on(Access.WRITE, HttpMethod.DELETE, "/recordings/:id", trash::trash);
    routes.on(Access.WRITE, HttpMethod.POST, "/recordings/:id/restore", trash::restore);
  }

  private static void settings(Routes routes, SettingsApi settings) {
    routes.on(Access.READ, HttpMethod.GET, "/settings", settings::get);
    routes.on(Access.WRITE, HttpMethod.PATCH, "/settings", settings::change);
    routes.on(Access.READ, HttpMethod.GET, "/settings/fields", settings::fields);
    routes.on(Access.WRITE, HttpMethod.PATCH, "/settings/fields", settings::changeFields);
  }

  private static void notices(Routes routes, NoticesApi notices) {
    routes.on(Access.READ, HttpMethod.GET, "/notices", notices::list);
    routes.on(Access.WRITE, HttpMethod.POST, "/notices/:id/dismiss", notices::dismiss);
  }

  private static void webhooks(Routes routes, WebhooksApi webhooks) {
    routes.on(Access.READ, HttpMethod.GET, "/webhooks", webhooks::list);
    routes.on(Access.READ, HttpMethod.GET, "/webhooks/:name/log", webhooks::log);
    routes.on(Access.WRITE, HttpMethod.POST, "/webhooks/:name/test", webhooks::test);
  }

  private Future<?> listen(Router router, Connections connections) {
    server = vertx.createHttpServer(serverConfig());
    server
        .connectionHandler(connections::opened)
        .invalidRequestHandler(Problems::invalid)
        .requestHandler(request -> take(request, router, connections));
    return server
        .listen()
        .onSuccess(listening -> port = listening.actualPort())
        .recover(failure -> Future.failedFuture(cannotListen(failure)));
  }

  private static void take(HttpServerRequest request, Router router, Connections connections) {
    HttpConnection connection = request.connection();
    if (!connections.isHeard(connection)) {
      return;
    }
    connections.spoke(request);
    if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      Problems.chunked(request);
      connections.end(connection);
    } else if (!Routes.handle(router, request)) {
      connections.answered(connection);
    }
  }

  private IOException cannotListen(Throwable failure) {
    String where = tools.host() + ":" + tools.port();
    String advice = "; choose another server.host or server.port in the settings";
    return new IOException(
        "the page cannot listen on " + where + ": " + failure.getMessage() + advice, failure);
  }

  private HttpServerConfig serverConfig() {
    return new HttpServerConfig()
        .setHost(tools.host())
        .setPort(tools.port())
        .setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)
        .setIdleTimeout(IDLE)
        .setHttp1Config(new Http1ServerConfig().setMaxInitialLineLength(MAX_LINE))
        .setWebSocketConfig(
            new WebSocketServerConfig()
                .setMaxFrameSize(LiveSocket.MAX_FRAME)
                .setMaxMessageSize(LiveSocket.MAX_FRAME)
                .setUsePerFrameCompression(false)
                .setUsePerMessageCompression(false));
  }
}
