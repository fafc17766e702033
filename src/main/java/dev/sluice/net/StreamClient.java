package dev.sluice.net;

import dev.sluice.settings.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientConnection;
import java.net.ConnectException;
import java.net.URI;
import java.util.Locale;
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
  private static final ChannelOption<Integer> SO_RCVLOWAT =
      new IntegerUnixChannelOption("SO_RCVLOWAT", 1, 18);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Vertx vertx;
  private final HttpClient client;
  private final StreamRequest requests;
  private final AddressGuard guard;

  /**
   * @param userAgent sent where the room sets none
   */
  public StreamClient(Vertx vertx, String userAgent) {
    this(vertx, userAgent, new AddressGuard());
  }

  /**
   * @param guard of every step that the open internet names
   */
  public StreamClient(Vertx vertx, String userAgent, AddressGuard guard) {
    this.vertx = vertx;
    this.requests = new StreamRequest(userAgent);
    this.guard = guard;
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

  /**
   * One request on the way to the stream.
   *
   * @param given the link that the owner named
   * @param number from 0, which is the link itself
   * @param fromPublic whether the address was named by the open internet
   */
  private record Step(
      URI address, URI given, Connection connection, int number, boolean fromPublic) {
    boolean isRedirected() {
      return number > 0;
    }

    boolean isProxied() {
      return connection.proxy().isPresent();
    }
  }

  /**
   * Asks for the stream, following redirects by hand so that secrets stay with their site. The
   * owner may name any link; what an address of the open internet redirects to must be one, too.
   */
  public Future<Answer> open(URI link, Connection connection) {
    boolean proxied = connection.proxy().isPresent();
    return step(new Step(link, link, connection, 0, false))
        .recover(failure -> Future.failedFuture(proxied ? throughProxy(failure) : failure));
  }

  /** A proxy that refuses says nothing of the room. */
  private static Throwable throughProxy(Throwable failure) {
    return failure instanceof NoAnswer none ? new NoAnswer(none.getCause(), true) : failure;
  }

  private Future<Answer> step(Step step) {
    RequestOptions options;
    try {
      options = requests.options(step.address(), step.given(), step.connection());
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new NoAnswer(e, step.isRedirected()));
    }
    return guarded(step, options)
        .compose(client::request)
        .compose(request -> isAllowed(step, request))
        .compose(HttpClientRequest::send)
        .map(
            response -> {
              response.pause();
              // The response tells of the same failure; here it would only be logged.
              response.request().connection().exceptionHandler(failure -> {});
              return response;
            })
        .recover(failure -> Future.failedFuture(new NoAnswer(failure, step.isRedirected())))
        .compose(response -> follow(response, step));
  }

  /**
   * With the address to connect to where the open internet chose it. Names are looked up by a proxy
   * where there is one, so only what is written as an address can be refused then.
   */
  private Future<RequestOptions> guarded(Step step, RequestOptions options) {
    if (!step.fromPublic()) {
      return Future.succeededFuture(options);
    }
    String host = step.address().getHost();
    if (step.isProxied()) {
      return guard.isPrivateLiteral(host)
          ? Future.failedFuture(new AddressGuard.Refused(host + " is in a private network"))
          : Future.succeededFuture(options);
    }
    return vertx
        .executeBlocking(() -> guard.publicAddress(host), false)
        .map(address -> options.setServer(StreamRequest.server(step.address(), address)));
  }

  /** What was connected to is what counts. */
  private Future<HttpClientRequest> isAllowed(Step step, HttpClientRequest request) {
    if (step.fromPublic() && !step.isProxied() && !reachesPublic(step, request)) {
      request.connection().close();
      return Future.failedFuture(
          new AddressGuard.Refused(step.address().getHost() + " is in a private network"));
    }
    return Future.succeededFuture(request);
  }

  private boolean reachesPublic(Step step, HttpClientRequest request) {
    return step.isProxied()
        ? !guard.isPrivateLiteral(step.address().getHost())
        : guard.isPublic(request.connection().remoteAddress().hostAddress());
  }

  private Future<Answer> follow(HttpClientResponse response, Step step) {
    Answer answer = new Answer(response, step.address(), step.isRedirected());
    if (response.statusCode() == 200) {
      return Future.succeededFuture(answer);
    }
    boolean isPublic = reachesPublic(step, response.request());
    // The connection is of no further use, and its end is no news.
    ignoreFailures(response);
    close(response);
    String location = response.getHeader("location");
    if (!REDIRECTS.contains(response.statusCode()) || location == null) {
      return Future.succeededFuture(answer);
    }
    if (step.number() == MAX_REDIRECTS) {
      return Future.failedFuture(
          new NoAnswer(new IllegalStateException("more than 5 redirects"), true));
    }
    try {
      URI next = step.address().resolve(location.trim());
      return step(
          new Step(
              next,
              step.given(),
              step.connection(),
              step.number() + 1,
              step.fromPublic() || isPublic));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(
          new NoAnswer(new IllegalStateException("redirect to an address that is none"), true));
    }
  }

  /** A short answer may have ended before anybody could listen: then it has failed no more. */
  private static void ignoreFailures(HttpClientResponse response) {
    try {
      response.exceptionHandler(failure -> {});
    } catch (IllegalStateException ended) {
      // nothing is left to be ignored
    }
  }

  /**
   * Asks the kernel to wake us for a response only when so many bytes have come, or the connection
   * ends. Each wake-up of a stream costs as much as a hundred kilobytes of it. Does nothing where
   * the system has no such thing, and for TLS, whose records must be read as they come.
   *
   * @param bytes 1: as soon as anything comes
   */
  public static void wakeAt(HttpClientResponse response, int bytes) {
    if (response.request().connection() instanceof HttpClientConnection connection
        && !connection.isSsl()) {
      Channel channel = connection.channelHandlerContext().channel();
      // on its own thread: elsewhere the socket might be closed, and its number be another's
      channel.eventLoop().execute(() -> channel.config().setOption(SO_RCVLOWAT, bytes));
    }
  }

  /** Closes the connection under a response; completes when it is closed. */
  public static Future<Void> close(HttpClientResponse response) {
    return response.request().connection().close();
  }
}
