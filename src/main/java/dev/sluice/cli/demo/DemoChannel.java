package dev.sluice.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A small live channel inside the process: on air for a minute, off for twenty seconds, over and
 * over. Speaks like a real server: who connects gets the pictures since the last key frame, then
 * what is live; off air it answers 404.
 */
public final class DemoChannel extends VerticleBase {
  private static final long ON_AIR_MS = 60_000;
  private static final long OFF_AIR_MS = 20_000;
  private static final long STEP_MS = 40;
  private static final int MAX_QUEUE = 256 * 1024;

  private final List<HttpServerResponse> viewers = new ArrayList<>();
  private TestCard card;
  private HttpServer server;
  private long began;
  private long sentUpTo;

  @Override
  public Future<?> start() throws Exception {
    card = TestCard.load();
    began = now();
    server = vertx.createHttpServer().requestHandler(this::join);
    vertx.setPeriodic(STEP_MS, id -> step());
    return server.listen(0, "127.0.0.1");
  }

  /** Address of the channel, once it is deployed. */
  public String address() {
    return "http://127.0.0.1:" + server.actualPort() + "/test-card.flv";
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /** Milliseconds since it went on air, or -1 while it is off. */
  private long onAir() {
    long at = (now() - began) % (ON_AIR_MS + OFF_AIR_MS);
    return at < ON_AIR_MS ? at : -1;
  }

  private void join(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    long at = onAir();
    if (at < 0) {
      response.setStatusCode(404).end("off air");
      return;
    }
    response.setChunked(true).putHeader("content-type", "video/x-flv");
    response.setWriteQueueMaxSize(MAX_QUEUE);
    Buffer first = card.front();
    append(first, lastKeyFrame(at), at);
    sentUpTo = Math.max(sentUpTo, at);
    if (sentUpTo > at) {
      append(first, at, sentUpTo);
    }
    response.write(first);
    viewers.add(response);
    response.closeHandler(v -> viewers.remove(response));
  }

  private void step() {
    long at = onAir();
    if (at < 0 || at < sentUpTo) {
      viewers.forEach(HttpServerResponse::end);
      viewers.clear();
      sentUpTo = Math.max(0, at);
      return;
    }
    Buffer news = Buffer.buffer();
    append(news, sentUpTo, at);
    sentUpTo = at;
    if (news.length() > 0) {
      List.copyOf(viewers).stream()
          .filter(viewer -> !viewer.writeQueueFull())
          .forEach(viewer -> viewer.write(news));
    }
  }

  /** All tags from one time to before another. */
  private void append(Buffer to, long fromMs, long untilMs) {
    for (long loop = fromMs / TestCard.LENGTH_MS; loop * TestCard.LENGTH_MS < untilMs; loop++) {
      long base = loop * TestCard.LENGTH_MS;
      for (TestCard.Entry entry : card.entries()) {
        long time = base + entry.atMs();
        if (time >= fromMs && time < untilMs) {
          TestCard.append(to, entry.type(), time, entry.payload());
        }
      }
    }
  }

  private long lastKeyFrame(long at) {
    long inLoop = at % TestCard.LENGTH_MS;
    return at
        - inLoop
        + card.entries().stream()
            .filter(entry -> entry.key() && entry.atMs() <= inLoop)
            .mapToLong(TestCard.Entry::atMs)
            .max()
            .orElse(0);
  }
}
