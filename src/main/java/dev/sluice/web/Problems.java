package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.LedgerException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every answer of 400 and above, as RFC 9457 has it. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** Answers what went wrong in a handler. */
  static void answer(RoutingContext context, Throwable failure) {
    // who goes away in the middle of a body is no fault, and could fill the log with it
    if (!(failure instanceof Refusal) && !(failure instanceof HttpClosedException)) {
      note(context, failure);
    }
    send(context.response(), refusal(failure));
  }

  /** For failures that the router found itself. */
  static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    int status = context.statusCode();
    if (failure == null || failure instanceof HttpException) {
      send(context.response(), plain(status < 400 ? 500 : status));
    } else if (status >= 400 && status < 500) {
      send(context.response(), plain(status));
    } else {
      answer(context, failure);
    }
  }

  /** For requests that could not even be read. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    last(request, plain(status));
    request.connection().close();
  }

  /**
   * Two readers may find different ends of a body in chunks, and so hide a request from each other
   * (request smuggling); nothing that is served here needs one. The caller ends the connection.
   */
  static void chunked(HttpServerRequest request) {
    String detail = "send the body with a Content-Length, not in chunks";
    last(request, new Refusal(400, "body.chunked", detail));
  }

  private static void last(HttpServerRequest request, Refusal refusal) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(request.response(), refusal);
  }

  static void send(HttpServerResponse response, Refusal refusal) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    if (refusal.status() == 401) {
      response.putHeader("www-authenticate", "Bearer realm=\"Sluice\"");
    }
    if (refusal.retryAfter() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
    }
    // what the router finds before its first route has not passed the door
    SafeHeaders.put(response);
    response
        .setStatusCode(refusal.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(json(refusal).toString());
  }

  private static ObjectNode json(Refusal refusal) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title(refusal.status()))
            .put("status", refusal.status())
            .put("detail", refusal.getMessage())
            .put("key", refusal.key());
    if (!refusal.mistakes().isEmpty()) {
      ArrayNode errors = json.putArray("errors");
      refusal
          .mistakes()
          .forEach(m -> errors.addObject().put("path", m.path()).put("detail", m.detail()));
    }
    return json;
  }

  private static Refusal refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof LedgerException) {
      return new Refusal(503, "ledger", "the ledger cannot be read now; the log says why");
    }
    return plain(500);
  }

  private static void note(RoutingContext context, Throwable failure) {
    LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), failure);
  }

  private static Refusal plain(int status) {
    return switch (status) {
      case 400 -> new Refusal(400, "request", "the request cannot be understood");
      case 404 -> new Refusal(404, "path.unknown", "there is nothing at this address");
      case 413 -> new Refusal(413, "body.large", "the body is larger than this request may have");
      case 414 -> new Refusal(414, "line.long", "the address is longer than 8 KiB");
      case 431 -> new Refusal(431, "headers.large", "the headers are too large");
      case 500 ->
          new Refusal(500, "internal", "something unforeseen went wrong; the log has more of it");
      default -> new Refusal(status, "http." + status, title(status));
    };
  }

  private static String title(int status) {
    return status == 422
        ? "Unprocessable Content"
        : HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
