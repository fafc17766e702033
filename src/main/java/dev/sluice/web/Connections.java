package dev.sluice.web;

import dev.sluice.web.door.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Bounds what clients may hold: connections in all and from one address, and time without a
 * request, be it the first one or one after another. For the web server's event loop.
 */
final class Connections {
  /** More at once are closed. */
  static final int MAX = 500;

  /** More at once from one address are closed, so that nobody takes all. */
  static final int MAX_AN_ADDRESS = 100;

  /**
   * A request must be there, with all its headers, so long after the connection or the last one.
   */
  static final Duration REQUEST_WITHIN = Duration.ofSeconds(10);

  private static final long LOOK_MS = 1000;
  private static final long BUSY = Long.MAX_VALUE;

  private final Predicate<String> isProxy;

  /**
   * When the request must be there, in monotonic nanoseconds; {@link #BUSY} while one is served.
   */
  private final Map<HttpConnection, Long> due = new HashMap<>();

  private final Map<String, Integer> byAddress = new HashMap<>();

  /**
   * @param isProxy addresses behind which many clients are
   */
  Connections(Vertx vertx, Predicate<String> isProxy) {
    this.isProxy = isProxy;
    vertx.setPeriodic(LOOK_MS, id -> closeSilent());
  }

  void opened(HttpConnection connection) {
    String peer = Peers.host(connection.remoteAddress());
    String address = Networks.of(peer);
    boolean many = byAddress.getOrDefault(address, 0) >= MAX_AN_ADDRESS && !isProxy.test(peer);
    if (many || due.size() >= MAX) {
      connection.close();
      return;
    }
    byAddress.merge(address, 1, Integer::sum);
    expect(connection);
    connection.closeHandler(v -> closed(connection));
  }

  /** Whether requests of it are still heard; those behind one that ended it are not. */
  boolean isHeard(HttpConnection connection) {
    return due.containsKey(connection);
  }

  /** Nothing more is heard of it. */
  void end(HttpConnection connection) {
    closed(connection);
    connection.close();
  }

  /** A request is there. */
  void spoke(HttpServerRequest request) {
    due.computeIfPresent(request.connection(), (c, at) -> BUSY);
  }

  /** Its answer has gone out. */
  void answered(HttpConnection connection) {
    due.computeIfPresent(connection, (c, at) -> next());
  }

  /** It became a WebSocket, whose number is bounded elsewhere; its end would not be told here. */
  void upgraded(HttpConnection connection) {
    closed(connection);
  }

  private void expect(HttpConnection connection) {
    due.put(connection, next());
  }

  private static long next() {
    return System.nanoTime() + REQUEST_WITHIN.toNanos();
  }

  private void closeSilent() {
    long now = System.nanoTime();
    List<HttpConnection> silent =
        due.entrySet().stream()
            .filter(entry -> entry.getValue() != BUSY && now - entry.getValue() > 0)
            .map(Map.Entry::getKey)
            .toList();
    silent.forEach(HttpConnection::close);
  }

  private void closed(HttpConnection connection) {
    if (due.remove(connection) != null) {
      String address = Networks.of(Peers.host(connection.remoteAddress()));
      byAddress.computeIfPresent(address, (a, count) -> count > 1 ? count - 1 : null);
    }
  }
}
