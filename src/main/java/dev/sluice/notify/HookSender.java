package dev.sluice.notify;

import dev.sluice.ledger.WebhookRow;
import dev.sluice.settings.Settings.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one event: one POST, no redirects, only the status of the answer counts. Belongs to one
 * event loop.
 */
final class HookSender {
  private static final int CONNECT_MS = 10_000;
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MAX_AT_ONCE = 50;
  private static final int MAX_SECRET_BYTES = 4096;

  private final Vertx vertx;
  private final String userAgent;
  private final HttpClient client;

  HookSender(Vertx vertx, String userAgent) {
    this.vertx = vertx;
    this.userAgent = userAgent;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setKeepAlive(false)
                .setIdleTimeout((int) LIMIT.toSeconds()),
            new PoolOptions().setHttp1MaxSize(MAX_AT_ONCE));
  }

  /** What is needed besides the event. */
  private record Prepared(InetAddress address, Optional<String> secret) {}

  /** The request under way, so that it can be ended. */
  private static final class Running {
    private HttpClientRequest request;
    private boolean over;

    /** Answers whether it may be sent: nobody waits any more for what connects too late. */
    boolean begin(HttpClientRequest made) {
      request = made;
      if (over) {
        end();
      }
      return !over;
    }

    void end() {
      over = true;
      if (request != null) {
        request.connection().close();
      }
    }
  }

  /** Completes always, within a quarter of a minute or so. */
  Future<HookAnswer> send(Webhook hook, WebhookRow event) {
    Running running = new Running();
    return vertx
        .executeBlocking(() -> prepare(hook), false)
        .compose(prepared -> post(hook, prepared, event, running))
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .map(HookAnswer::of)
        .otherwise(HookSender::failed)
        .onComplete(answered -> running.end());
  }

  private static HookAnswer failed(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return HookAnswer.failed("no answer within " + LIMIT.toSeconds() + " s");
    }
    String message = failure.getMessage();
    return HookAnswer.failed(message == null ? failure.getClass().getSimpleName() : message);
  }

  private static Prepared prepare(Webhook hook) throws IOException {
    Optional<String> secret =
        hook.secretFile().isPresent()
            ? Optional.of(firstLine(hook.secretFile().get()))
            : Optional.empty();
    return new Prepared(HookAddress.of(hook.url(), hook.allowPrivate()), secret);
  }

  private static String firstLine(Path file) throws IOException {
    String line;
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_SECRET_BYTES), StandardCharsets.UTF_8);
      line = text.lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new IOException("the secret file " + file + " cannot be read", e);
    }
    if (line.isEmpty()) {
      throw new IOException("the first line of the secret file " + file + " is empty");
    }
    return line;
  }

  private Future<Integer> post(Webhook hook, Prepared prepared, WebhookRow event, Running running) {
    return client
        .request(options(hook.url(), prepared.address()))
        .compose(
            request -> {
              if (!running.begin(request)) {
                return Future.failedFuture("connected too late");
              }
              headers(request, event, prepared.secret());
              return request.send(Buffer.buffer(event.body()));
            })
        .map(HttpClientResponse::statusCode);
  }

  private static RequestOptions options(URI url, InetAddress address) {
    boolean ssl = url.getScheme().equalsIgnoreCase("https");
    int port = url.getPort() < 0 ? (ssl ? 443 : 80) : url.getPort();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(ssl)
        .setFollowRedirects(false)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  private void headers(HttpClientRequest request, WebhookRow event, Optional<String> secret) {
    long timestamp = System.currentTimeMillis() / 1000;
    request
        .putHeader("content-type", "application/json")
        .putHeader("user-agent", userAgent)
        .putHeader("x-sluice-event", event.type())
        .putHeader("x-sluice-id", event.event())
        .putHeader("x-sluice-timestamp", Long.toString(timestamp));
    secret.ifPresent(
        key ->
            request.putHeader(
                "x-sluice-signature", HookSignature.of(key, timestamp, event.body())));
  }

  void close() {
    client.close();
  }
}
