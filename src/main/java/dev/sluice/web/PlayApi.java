package dev.sluice.web;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.mp4.Mp4Tracks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recordings, finished and running, as HLS with fragmented MP4. Made on request from the FLV files
 * as far as they are written; nothing is stored, and no source is asked.
 */
final class PlayApi {
  /** Fragments being sent at once; each holds about two pieces of memory. */
  static final int MAX_TRANSFERS = 12;

  private static final int MAX_WAITING = 32;
  private static final long LIVE_MS = 1000;
  private static final long FRAGMENT_MS = 4000;
  private static final Duration WAITS = Duration.ofSeconds(4);
  private static final long LOOK_MS = 100;
  private static final Pattern FRAGMENT = Pattern.compile("(\\d{1,15})-(\\d{1,15})\\.m4s");

  private final Vertx vertx;
  private final Ledger ledger;
  private final LiveView view;
  private final PlayPump pump;
  private final PlayFiles files;
  private int transfers;
  private int waiting;

  PlayApi(Vertx vertx, Ledger ledger, LiveView view, FilePool pool) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.view = view;
    this.pump = new PlayPump(pool);
    this.files = new PlayFiles(pool);
  }

  void routes(Routes routes) {
    String play = "/recordings/:id/play/";
    List<HttpMethod> get = List.of(HttpMethod.GET);
    routes.raw(Access.READ, get, play + "master.m3u8", this::master);
    routes.raw(Access.READ, get, play + "media.m3u8", this::media);
    routes.raw(Access.READ, get, play + ":segment/init.mp4", this::init);
    routes.raw(Access.READ, get, play + ":segment/:fragment", this::fragment);
  }

  private record Cut(List<PlayPlan.Fragment> fragments, Playlists.Manner manner) {}

  private void master(RoutingContext context) {
    String query = isLive(context) ? "?live=1" : "";
    rows(context)
        .compose(rows -> parts(rows).map(parts -> master(rows, parts, query)))
        .onSuccess(text -> send(context, text))
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private static String master(PlayRows rows, List<PlayPlan.Part> parts, String query) {
    if (parts.isEmpty()) {
      throw nothing(rows);
    }
    long bytes = 0;
    long ms = 0;
    for (PlayPlan.Part part : parts) {
      long[] times = part.known().times();
      long length = part.open() ? times[times.length - 1] : part.endMs() - part.startMs();
      ms += length;
      bytes += length > 0 ? part.known().end() : 0;
    }
    return Playlists.master(parts.get(0).known().tracks(), ms > 0 ? bytes * 8000 / ms : 0, query);
  }

  /** Why there is nothing to be played. */
  static Refusal nothing(PlayRows rows) {
    return rows.segments().isEmpty() || rows.hasOpen()
        ? new Refusal(404, "play.nothing", "nothing of this recording can be played yet")
        : PlayRows.gone();
  }

  private void media(RoutingContext context) {
    boolean live = isLive(context);
    long wanted = Query.number(context, "_HLS_msn").orElse(0L);
    if (waiting >= MAX_WAITING) {
      context.response().putHeader("retry-after", "1");
      throw new Refusal(503, "play.busy", MAX_WAITING + " players wait already; try later");
    }
    waiting++;
    long untilNanos = System.nanoTime() + WAITS.toNanos();
    // inside compose, so that what it throws is counted down again, too
    Future.succeededFuture()
        .compose(v -> cut(context, live, wanted, untilNanos))
        .onComplete(done -> waiting--)
        .recover(PlayApi::stopping)
        .onSuccess(cut -> send(context, Playlists.media(cut.fragments(), cut.manner())))
        .onFailure(failure -> Problems.answer(context, failure));
  }

  /** Waits until the wanted fragment is there, so that players need not ask again and again. */
  private Future<Cut> cut(RoutingContext context, boolean live, long wanted, long untilNanos) {
    return rows(context)
        .compose(rows -> parts(rows).map(parts -> cut(rows, parts, live)))
        .compose(
            cut -> {
              boolean over = System.nanoTime() - untilNanos > 0 || context.response().closed();
              return over || !cut.manner().running() || cut.fragments().size() > wanted
                  ? Future.succeededFuture(cut)
                  : vertx
                      .timer(LOOK_MS, TimeUnit.MILLISECONDS)
                      .compose(v -> cut(context, live, wanted, untilNanos));
            });
  }

  /** Timers and threads are given up when the server stops; that is no fault to be logged. */
  private static Future<Cut> stopping(Throwable failure) {
    boolean stops =
        failure instanceof CancellationException || failure instanceof RejectedExecutionException;
    return Future.failedFuture(
        stops ? new Refusal(503, "server.stopping", "the server is stopping") : failure);
  }

  private Cut cut(PlayRows rows, List<PlayPlan.Part> parts, boolean live) {
    boolean going = view.progress(rows.recording().id()).isPresent() || rows.hasOpen();
    boolean running = rows.recording().endedAt().isEmpty() && going;
    if (parts.isEmpty() && !running) {
      throw nothing(rows);
    }
    long target = live ? LIVE_MS : FRAGMENT_MS;
    return new Cut(
        PlayPlan.of(parts, rows.gaps(), target),
        new Playlists.Manner(rows.recording().startedAt(), target, running, live));
  }

  private void init(RoutingContext context) {
    rows(context)
        .compose(rows -> files.known(segment(context, rows)))
        .map(known -> known.orElseThrow(PlayRows::gone).tracks())
        .map(Mp4Tracks::init)
        .onSuccess(bytes -> typed(context, "video/mp4").end(Buffer.buffer(bytes)))
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private void fragment(RoutingContext context) {
    Matcher range = FRAGMENT.matcher(context.pathParam("fragment"));
    if (!range.matches()) {
      throw Refusal.notFound("fragment");
    }
    if (transfers >= MAX_TRANSFERS) {
      context.response().putHeader("retry-after", "1");
      throw new Refusal(503, "play.busy", MAX_TRANSFERS + " fragments are being sent; try later");
    }
    long from = Long.parseLong(range.group(1));
    long to = Long.parseLong(range.group(2));
    transfers++;
    Future.succeededFuture()
        .compose(v -> rows(context))
        .map(rows -> segment(context, rows))
        .compose(segment -> fragment(context, segment, from, to))
        .onComplete(done -> transfers--)
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private Future<Void> fragment(RoutingContext context, SegmentRow segment, long from, long to) {
    HttpServerResponse response = context.response();
    return pump.send(
            response, segment, from, to, head -> typed(context, "video/mp4").setChunked(true))
        .compose(v -> response.closed() ? Future.succeededFuture() : response.end());
  }

  /** What the ledger has of the recording in the path. */
  Future<PlayRows> rows(RoutingContext context) {
    long id = Query.id(context, "recording");
    return Future.fromCompletionStage(
        ledger.call(rows -> PlayRows.read(rows, id)), vertx.getOrCreateContext());
  }

  private static SegmentRow segment(RoutingContext context, PlayRows rows) {
    return rows.segment(
        Query.number(context.pathParam("segment")).orElseThrow(() -> Refusal.notFound("segment")));
  }

  /** What is there of the files, one after the other; a file that is gone is left out. */
  Future<List<PlayPlan.Part>> parts(PlayRows rows) {
    Promise<List<PlayPlan.Part>> all = Promise.promise();
    parts(rows.segments().iterator(), new ArrayList<>(), all);
    return all.future();
  }

  /** What is known already is taken in a loop, so that many files make no deep chain. */
  private void parts(
      Iterator<SegmentRow> left, List<PlayPlan.Part> parts, Promise<List<PlayPlan.Part>> all) {
    try {
      while (left.hasNext()) {
        SegmentRow segment = left.next();
        Future<Optional<PlayFile.Known>> known = files.known(segment);
        if (!known.succeeded()) {
          known
              .onFailure(all::tryFail)
              .onSuccess(file -> parts(left, with(parts, segment, file), all));
          return;
        }
        with(parts, segment, known.result());
      }
      all.tryComplete(parts);
    } catch (RuntimeException e) {
      all.tryFail(e);
    }
  }

  private static List<PlayPlan.Part> with(
      List<PlayPlan.Part> parts, SegmentRow segment, Optional<PlayFile.Known> known) {
    known
        .filter(found -> found.times().length > 0 && !found.tracks().codecs().isEmpty())
        .map(
            found ->
                new PlayPlan.Part(
                    segment.id(),
                    segment.startMs(),
                    segment.endMs(),
                    segment.state() == SegmentRow.State.OPEN,
                    found))
        .ifPresent(parts::add);
    return parts;
  }

  private static boolean isLive(RoutingContext context) {
    return Query.text(context, "live").filter("1"::equals).isPresent();
  }

  private static void send(RoutingContext context, String playlist) {
    if (!context.response().closed()) {
      typed(context, Playlists.TYPE).end(playlist);
    }
  }

  private static HttpServerResponse typed(RoutingContext context, String type) {
    return context.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
  }
}
