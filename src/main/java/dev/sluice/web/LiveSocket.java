package dev.sluice.web;

import dev.sluice.web.door.Visitor;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The WebSockets of all pages: one timer, and each message is made once for all of them. */
final class LiveSocket {
  /** More pages at once are refused. */
  static final int MAX_CLIENTS = 600;

  /** From a client; what it says is ignored. */
  static final int MAX_FRAME = 4096;

  private static final long TICK_MS = 1000;
  private static final int PING_TICKS = 15;
  private static final int BEHIND_TICKS = 60;
  private static final short GOING_AWAY = 1001;
  private static final short TOO_MUCH = 1008;

  /** Whoever was let in would not be any more. */
  static final short SIGNED_OUT = 4401;

  private static final int MAX_FRAMES_A_TICK = 100;

  private final Vertx vertx;
  private final LiveView view;
  private final LiveFeed feed;
  private final Door door;
  private final Guard guard;
  private final Connections connections;
  private final Set<Client> clients = new LinkedHashSet<>();
  private int quietTicks;

  LiveSocket(
      Vertx vertx, LiveView view, LiveFeed feed, Door door, Guard guard, Connections connections) {
    this.vertx = vertx;
    this.view = view;
    this.feed = feed;
    this.door = door;
    this.guard = guard;
    this.connections = connections;
  }

  /** One page. A WebSocket does not say when its queue is full, so what is under way is counted. */
  private static final class Client {
    private final ServerWebSocket socket;
    private final Visitor visitor;
    private int underWay;
    private int behindTicks;
    private int frames;

    Client(ServerWebSocket socket, Visitor visitor) {
      this.socket = socket;
      this.visitor = visitor;
    }

    void tell(byte[] message) {
      sent(socket.writeFrame(frame(message)));
    }

    void ping() {
      sent(socket.writePing(Buffer.buffer()));
    }

    private void sent(Future<Void> write) {
      underWay++;
      write.onComplete(done -> underWay--);
    }

    boolean isSlow() {
      return underWay > 0;
    }
  }

  /** Begins to tell. */
  void start() {
    vertx.setPeriodic(TICK_MS, id -> tick());
  }

  /** Makes a WebSocket of the request. */
  void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    Visitor visitor = Guard.visitor(context);
    checkOrigin(request, visitor);
    if (!request.canUpgradeToWebSocket()) {
      context.response().putHeader("upgrade", "websocket");
      throw new Refusal(426, "websocket", "this address speaks WebSocket only");
    }
    if (clients.size() >= MAX_CLIENTS) {
      throw new Refusal(503, "live.full", MAX_CLIENTS + " pages are open already; close some");
    }
    HttpConnection connection = request.connection();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              connections.upgraded(connection);
              welcome(socket, visitor);
            })
        .onFailure(failure -> connection.close());
  }

  /** Browsers always say which page asks; what carries a session and does not is none of ours. */
  private void checkOrigin(HttpServerRequest request, Visitor visitor) {
    door.checkOrigin(request);
    if (visitor instanceof Visitor.Browser && !request.headers().contains(HttpHeaders.ORIGIN)) {
      throw new Refusal(403, "origin.missing", "a browser must say which page listens");
    }
  }

  private void welcome(ServerWebSocket socket, Visitor visitor) {
    Client client = new Client(socket, visitor);
    clients.add(client);
    socket.closeHandler(v -> clients.remove(client));
    socket.exceptionHandler(failure -> clients.remove(client));
    socket.shutdownHandler(v -> socket.close(GOING_AWAY));
    socket.frameHandler(frame -> client.frames++);
    client.tell(bytes(view.snapshot(Instant.now())));
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A frame is used up by one socket, but its bytes are made once for all: making them from the
   * text for each of hundreds was most of the work.
   */
  private static WebSocketFrame frame(byte[] message) {
    return new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(message), true);
  }

  private void tick() {
    feed.tick();
    Tick now = new Tick(view.delta(Instant.now()));
    boolean ping = now.delta.isEmpty() && ++quietTicks >= PING_TICKS;
    if (ping || now.delta.isPresent()) {
      quietTicks = 0;
    }
    for (Client client : List.copyOf(clients)) {
      if (!guard.stillIn(client.visitor)) {
        end(client, SIGNED_OUT);
      } else if (client.frames > MAX_FRAMES_A_TICK || client.behindTicks > BEHIND_TICKS) {
        end(client, TOO_MUCH);
      } else {
        client.frames = 0;
        tell(client, now, ping);
      }
    }
  }

  /** The messages of one tick, each made when it is first needed. */
  private final class Tick {
    private final Optional<byte[]> delta;
    private byte[] snapshot;

    Tick(Optional<String> delta) {
      this.delta = delta.map(LiveSocket::bytes);
    }

    byte[] snapshot() {
      if (snapshot == null) {
        snapshot = bytes(view.snapshot(Instant.now()));
      }
      return snapshot;
    }
  }

  private static void tell(Client client, Tick now, boolean ping) {
    if (client.isSlow()) {
      client.behindTicks += now.delta.isPresent() || client.behindTicks > 0 ? 1 : 0;
    } else if (client.behindTicks > 0) {
      client.behindTicks = 0;
      client.tell(now.snapshot());
    } else if (now.delta.isPresent()) {
      client.tell(now.delta.get());
    } else if (ping) {
      client.ping();
    }
  }

  /**
   * A page that reads nothing for a minute, or talks without end, is not read by anybody; one whose
   * session has ended is not to be told more.
   */
  private void end(Client client, short code) {
    clients.remove(client);
    if (!client.socket.isClosed()) {
      // it would be called by this close too, and say another code
      client.socket.shutdownHandler(null);
      client.socket.close(code);
    }
  }
}
