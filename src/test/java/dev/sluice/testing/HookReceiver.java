package dev.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/** A server that webhooks are sent to; it keeps what it got. */
public final class HookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_SECONDS = 20;

  /** Takes a request and answers nothing. */
  public static final int SILENT = -1;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile ToIntFunction<Got> answer = event -> 200;
  private volatile String location = "";

  /** One request. */
  public record Got(String path, MultiMap headers, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }

    public String type() {
      return json().path("type").asText();
    }

    public String id() {
      return json().path("id").asText();
    }
  }

  private HookReceiver() throws TimeoutException {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::take)
            .listen(0, "127.0.0.1")
            .await(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  public static HookReceiver start() {
    try {
      return new HookReceiver();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Got event = new Got(request.uri(), request.headers(), body.toString());
              got.add(event);
              int status = answer.applyAsInt(event);
              if (status != SILENT) {
                if (!location.isEmpty()) {
                  request.response().putHeader("location", location);
                }
                request.response().setStatusCode(status).end();
              }
            });
  }

  /** The address of a path here. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  /** From now on it answers with this status; {@link #SILENT} for not at all. */
  public void answers(ToIntFunction<Got> status) {
    answer = status;
  }

  /** From now on it sends everybody on to this address. */
  public void redirects(int status, String to) {
    location = to;
    answer = event -> status;
  }

  /** Everything that came, in its order. */
  public List<Got> got() {
    return List.copyOf(got);
  }

  /** What came of one kind. */
  public List<Got> got(String type) {
    return got.stream().filter(event -> event.type().equals(type)).toList();
  }

  @Override
  public void close() {
    try {
      vertx.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
