package dev.sluice.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Bounds what clients may hold: connections, and time before their first request. */
final class Connections {
  /** More at once are closed. */
  static final int MAX = 500;

  private static final Duration FIRST_REQUEST_WITHIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Set<HttpConnection> open = new HashSet<>();
  private final Set<HttpConnection> silent = new HashSet<>();

  Connections(Vertx vertx) {
    this.vertx = vertx;
  }

  void opened(HttpConnection connection) {
    if (open.size() >= MAX) {
      connection.close();
      return;
    }
    open.add(connection);
    silent.add(connection);
    connection.closeHandler(v -> closed(connection));
    vertx.setTimer(FIRST_REQUEST_WITHIN.toMillis(), id -> closeIfSilent(connection));
  }

  void spoke(HttpServerRequest request) {
    silent.remove(request.connection());
  }

  /** It became a WebSocket, whose number is bounded elsewhere; its end would not be told here. */
  void upgraded(HttpConnection connection) {
    closed(connection);
  }

  private void closeIfSilent(HttpConnection connection) {
    if (silent.contains(connection)) {
      connection.close();
    }
  }

  private void closed(HttpConnection connection) {
    open.remove(connection);
    silent.remove(connection);
  }
}
