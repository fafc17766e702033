package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bus.PassThroughCodec;
import dev.sluice.ledger.SqliteLedger;
import dev.sluice.notify.NotifyVerticle;
import dev.sluice.settings.Settings;
import dev.sluice.testing.Contract;
import dev.sluice.testing.Doors;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The real server with a real ledger in memory; the others are played. */
final class WebFixture implements AutoCloseable {
  static final Path WEBROOT = Path.of(System.getProperty("sluice.home", "."), "webroot");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static {
    // so that tests can say what browsers never would
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin,content-length");
  }

  final Vertx vertx = Vertx.vertx();
  final SqliteLedger ledger = SqliteLedger.inMemory();
  final FakeSiblings siblings;
  final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  final Path data;
  final List<String> console = new CopyOnWriteArrayList<>();

  /** Whose word about the caller is believed. */
  volatile List<String> proxies = List.of();

  private final WebVerticle web;

  private WebFixture(Path webroot, boolean played, boolean owned) throws Exception {
    this(webroot, played, owned, ledger -> {});
  }

  private WebFixture(Path webroot, boolean played, boolean owned, Consumer<SqliteLedger> before)
      throws Exception {
    data = Files.createTempDirectory("sluice-web");
    if (owned) {
      Doors.own(data);
      Doors.addKey(ledger);
    }
    before.accept(ledger);
    PassThroughCodec.register(vertx);
    siblings = played ? new FakeSiblings(vertx) : null;
    if (played) {
      vertx.deployVerticle(new NotifyVerticle()).await(20, TimeUnit.SECONDS);
    }
    web = new WebVerticle(tools(webroot));
    vertx.deployVerticle(web).await(20, TimeUnit.SECONDS);
  }

  static WebFixture start() throws Exception {
    return new WebFixture(WEBROOT, true, true);
  }

  static WebFixture start(Path webroot) throws Exception {
    return new WebFixture(webroot, true, true);
  }

  /** Nobody else is there. */
  static WebFixture alone() throws Exception {
    return new WebFixture(WEBROOT, false, true);
  }

  /** With rows that are there before the server starts. */
  static WebFixture startOn(Consumer<SqliteLedger> before) throws Exception {
    return new WebFixture(WEBROOT, true, true, before);
  }

  /** Nobody has set a password yet. */
  static WebFixture unowned() throws Exception {
    return new WebFixture(WEBROOT, true, false);
  }

  private WebTools tools(Path webroot) {
    return new WebTools(
        ledger, webroot, "1.2.3", data, console::add, "127.0.0.1", 0, this::settings);
  }

  Settings settings() {
    Settings.RoomDefaults global =
        new Settings.RoomDefaults(
            Path.of("/recordings"),
            "{room}",
            dev.sluice.room.Container.FLV,
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return new Settings(
        new Settings.Server("nas.example", 0, List.of("media.example"), proxies),
        Settings.Storage.DEFAULT,
        global,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  int port() {
    return web.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** A request that shows the key of the tests. */
  HttpRequest.Builder request(String path) {
    return stranger(path).header("authorization", Doors.BEARER);
  }

  /** A request that shows nothing. */
  HttpRequest.Builder stranger(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(LIMIT);
  }

  List<Routes.Entry> table() {
    return web.table();
  }

  WebVerticle web() {
    return web;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> json(String method, String path, String body) {
    return send(
        request(path)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return Contract.check(client.send(request, handler));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode tree(HttpResponse<String> response) {
    return tree(response.body());
  }

  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  static Path file(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  @Override
  public void close() {
    vertx.close().await();
    ledger.close();
    Doors.remove(data);
  }
}
