package dev.sluice.net;

import dev.sluice.settings.Connection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.ConnectException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opens media streams over HTTP. One per process, made outside any verticle and kept in a field: a
 * collected client ends its streams. Answers arrive on the caller's context.
 */
public final class StreamClient {
  private static final int MAX_STREAMS = 1000;
  private static final int MAX_REDIRECTS = 5;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int CONNECT_MS = 10_000;
  private static final int ANSWER_MS = 15_000;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> SECRET_HEADERS = Set.of("cookie", "authorization");

  private final HttpClient client;
  private final String userAgent;

  /**
   * @param userAgent sent where the room sets none
   */
  public StreamClient(Vertx vertx, String userAgent) {
    this.userAgent = userAgent;
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MS)
            .setKeepAlive(false)
            .setMaxChunkSize(CHUNK_BYTES)
            .setDecompressionSupported(false);
    client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MAX_STREAMS));
  }

  /**
   * What the far side answered.
   *
   * @param response its body is paused when the status is 200; otherwise the connection is closed
   * @param address the address that answered
   * @param redirected whether that is another one than was asked for
   */
  public record Answer(HttpClientResponse response, URI address, boolean redirected) {
    public int status() {
      return response.statusCode();
    }
  }

  /** No answer came: the connection failed at the address that was asked, or one it named. */
  public static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean redirected;

    NoAnswer(Throwable cause, boolean redirected) {
      super(plain(cause), cause);
      this.redirected = redirected;
    }

    /** Nobody listens at the very address that was asked for. */
    public boolean refusedByGivenLink() {
      return !redirected && getCause() instanceof ConnectException && isRefusal(getCause());
    }

    private static boolean isRefusal(Throwable cause) {
      String message = String.valueOf(cause.getMessage());
      return message.toLowerCase(Locale.ROOT).contains("refused");
    }

    private static String plain(Throwable cause) {
      String message = cause.getMessage();
      return message == null ? cause.getClass().getSimpleName() : message.strip();
    }
  }

  /** Asks for the stream, following redirects by hand so that secrets stay with their site. */
  public Future<Answer> open(URI link, Connection connection) {
    boolean proxied = connection.proxy().isPresent();
    return step(link, link, connection, 0)
        .recover(failure -> Future.failedFuture(proxied ? throughProxy(failure) : failure));
  }

  /** A proxy that refuses says nothing of the room. */
  private static Throwable throughProxy(Throwable failure) {
    return failure instanceof NoAnswer none ? new NoAnswer(none.getCause(), true) : failure;
  }

  private Future<Answer> step(URI address, URI given, Connection connection, int hops) {
    RequestOptions options;
    try {
      options = options(address, given, connection);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new NoAnswer(e, hops > 0));
    }
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .map(
            response -> {
              response.pause();
              // The response tells of the same failure; here it would only be logged.
              response.request().connection().exceptionHandler(failure -> {});
              return response;
            })
        .recover(failure -> Future.failedFuture(new NoAnswer(failure, hops > 0)))
        .compose(response -> follow(response, address, given, connection, hops));
  }

  private Future<Answer> follow(
      HttpClientResponse response, URI address, URI given, Connection connection, int hops) {
    if (response.statusCode() == 200) {
      return Future.succeededFuture(new Answer(response, address, hops > 0));
    }
    // The connection is of no further use, and its end is no news.
    response.exceptionHandler(closed -> {});
    close(response);
    String location = response.getHeader("location");
    if (!REDIRECTS.contains(response.statusCode()) || location == null) {
      return Future.succeededFuture(new Answer(response, address, hops > 0));
    }
    if (hops == MAX_REDIRECTS) {
      return Future.failedFuture(
          new NoAnswer(new IllegalStateException("more than 5 redirects"), true));
    }
    try {
      return step(address.resolve(location.trim()), given, connection, hops + 1);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(
          new NoAnswer(new IllegalStateException("redirect to an address that is none"), true));
    }
  }

  /** Closes the connection under a response; completes when it is closed. */
  public static Future<Void> close(HttpClientResponse response) {
    return response.request().connection().close();
  }

  private RequestOptions options(URI address, URI given, Connection connection) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
      throw new IllegalArgumentException("no http(s) address");
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(withoutFragment(address))
            .setConnectTimeout(CONNECT_MS)
            .setIdleTimeout(ANSWER_MS)
            .setFollowRedirects(false);
    boolean sameSite = address.getHost().equalsIgnoreCase(given.getHost());
    options.putHeader("User-Agent", connection.userAgent().orElse(userAgent));
    options.putHeader("Accept", "*/*");
    connection.referer().ifPresent(value -> options.putHeader("Referer", value));
    if (sameSite) {
      connection.cookie().ifPresent(value -> options.putHeader("Cookie", value));
    }
    for (Map.Entry<String, String> header : connection.headers().entrySet()) {
      boolean secret = SECRET_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT));
      if (sameSite || !secret) {
        options.putHeader(header.getKey(), header.getValue());
      }
    }
    connection.proxy().map(StreamClient::proxy).ifPresent(options::setProxyOptions);
    return options;
  }

  private static String withoutFragment(URI address) {
    String text = address.toASCIIString();
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }

  private static ProxyOptions proxy(URI proxy) {
    ProxyOptions options = new ProxyOptions().setHost(proxy.getHost());
    String scheme = proxy.getScheme().toLowerCase(Locale.ROOT);
    options.setType(
        switch (scheme) {
          case "socks5" -> ProxyType.SOCKS5;
          case "socks4" -> ProxyType.SOCKS4;
          default -> ProxyType.HTTP;
        });
    int usual = scheme.startsWith("socks") ? 1080 : 8080;
    options.setPort(proxy.getPort() < 0 ? usual : proxy.getPort());
    String user = proxy.getUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      options.setUsername(colon < 0 ? user : user.substring(0, colon));
      options.setPassword(colon < 0 ? "" : user.substring(colon + 1));
    }
    return options;
  }
}
