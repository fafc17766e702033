package dev.sluice.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The WebSockets of all pages: one timer, and each message is made once for all of them. */
final class LiveSocket {
  /** More pages at once are refused. */
  static final int MAX_CLIENTS = 200;

  /** From a client; what it says is ignored. */
  static final int MAX_FRAME = 4096;

  private static final long TICK_MS = 1000;
  private static final int PING_TICKS = 15;
  private static final int BEHIND_TICKS = 60;
  private static final int QUEUE_BYTES = 256 * 1024;
  private static final short GOING_AWAY = 1001;
  private static final short TOO_MUCH = 1008;
  private static final int MAX_FRAMES_A_TICK = 100;

  private final Vertx vertx;
  private final LiveView view;
  private final LiveFeed feed;
  private final Door door;
  private final Set<Client> clients = new LinkedHashSet<>();
  private int quietTicks;

  LiveSocket(Vertx vertx, LiveView view, LiveFeed feed, Door door) {
    this.vertx = vertx;
    this.view = view;
    this.feed = feed;
    this.door = door;
  }

  private static final class Client {
    private final ServerWebSocket socket;
    private int behindTicks;
    private int frames;

    Client(ServerWebSocket socket) {
      this.socket = socket;
    }
  }

  /** Begins to tell. */
  void start() {
    vertx.setPeriodic(TICK_MS, id -> tick());
  }

  /** Makes a WebSocket of the request. */
  void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    door.checkOrigin(request);
    if (!request.canUpgradeToWebSocket()) {
      context.response().putHeader("upgrade", "websocket");
      throw new Refusal(426, "websocket", "this address speaks WebSocket only");
    }
    if (clients.size() >= MAX_CLIENTS) {
      throw new Refusal(503, "live.full", MAX_CLIENTS + " pages are open already; close some");
    }
    request
        .toWebSocket()
        .onSuccess(this::welcome)
        .onFailure(failure -> request.connection().close());
  }

  private void welcome(ServerWebSocket socket) {
    if (clients.size() >= MAX_CLIENTS) {
      socket.close(GOING_AWAY);
      return;
    }
    Client client = new Client(socket);
    clients.add(client);
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    socket.closeHandler(v -> clients.remove(client));
    socket.exceptionHandler(failure -> clients.remove(client));
    socket.shutdownHandler(v -> socket.close(GOING_AWAY));
    socket.frameHandler(frame -> client.frames++);
    socket.writeFinalTextFrame(view.snapshot(Instant.now()));
  }

  private void tick() {
    feed.tick();
    Instant now = Instant.now();
    Optional<String> delta = view.delta(now);
    boolean ping = delta.isEmpty() && ++quietTicks >= PING_TICKS;
    if (ping || delta.isPresent()) {
      quietTicks = 0;
    }
    Optional<String> snapshot = Optional.empty();
    for (Client client : List.copyOf(clients)) {
      if (client.frames > MAX_FRAMES_A_TICK) {
        client.socket.close(TOO_MUCH);
        continue;
      }
      client.frames = 0;
      if (client.socket.writeQueueFull()) {
        fallBehind(client, delta.isPresent());
      } else if (client.behindTicks > 0) {
        client.behindTicks = 0;
        snapshot = Optional.of(snapshot.orElseGet(() -> view.snapshot(now)));
        client.socket.writeFinalTextFrame(snapshot.get());
      } else if (delta.isPresent()) {
        client.socket.writeFinalTextFrame(delta.get());
      } else if (ping) {
        client.socket.writePing(Buffer.buffer());
      }
    }
  }

  /** A page that reads nothing for a minute is not read by anybody. */
  private void fallBehind(Client client, boolean missesSomething) {
    if (client.behindTicks == 0 && !missesSomething) {
      return;
    }
    if (++client.behindTicks > BEHIND_TICKS) {
      client.socket.close(TOO_MUCH);
      clients.remove(client);
    }
  }
}
