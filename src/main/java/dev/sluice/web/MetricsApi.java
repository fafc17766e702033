package dev.sluice.web;

import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.TotalsRows;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Numbers for Prometheus. Names and titles of rooms stand in {@code sluice_room_info} alone, so
 * that a new title makes no new series of the others.
 */
final class MetricsApi {
  /** Who asks more often gets the same sums of the ledger. */
  private static final Duration SUMS_FOR = Duration.ofSeconds(5);

  private static final Duration SUMS_WITHIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final WebTools tools;
  private final LiveView view;
  private final Meter meter = new Meter();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final long startedNanos = System.nanoTime();
  private Future<Sums> sums = Future.failedFuture("not asked yet");
  private long sumsNanos;

  MetricsApi(Vertx vertx, WebTools tools, LiveView view) {
    this.vertx = vertx;
    this.tools = tools;
    this.view = view;
  }

  /** What the ledger adds up to. */
  private record Sums(
      Map<String, TotalsRows.Room> rooms,
      Map<Long, Long> closed,
      Map<String, Long> delivered,
      Map<DeliveryRow.State, Long> deliveries) {}

  void routes(Routes routes) {
    Topics.RECORDING_PROGRESS.consume(vertx, meter::take);
    Topics.SOURCE.consume(vertx, meter::take);
    Topics.ROOM_STATUS.consume(vertx, this::onStatus);
    routes.raw(Access.READ, List.of(HttpMethod.GET), "/metrics", this::send);
  }

  private void onStatus(RoomStatus status) {
    if (status.removed()) {
      meter.forget(status.id());
    }
  }

  private void send(RoutingContext context) {
    sums()
        .map(this::text)
        .onSuccess(
            text ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, PrometheusTextFormatWriter.CONTENT_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text))
        .onFailure(failure -> Problems.answer(context, failure));
  }

  private Future<Sums> sums() {
    boolean old = System.nanoTime() - sumsNanos > SUMS_FOR.toNanos();
    if (sums.failed() || sums.isComplete() && old) {
      sumsNanos = System.nanoTime();
      List<Long> active =
          view.rooms().stream()
              .flatMap(room -> room.progress().stream())
              .map(RecordingProgress::recording)
              .toList();
      sums =
          Future.fromCompletionStage(
                  tools.ledger().call(rows -> sums(rows, active)), vertx.getOrCreateContext())
              .timeout(SUMS_WITHIN.toSeconds(), TimeUnit.SECONDS)
              .recover(MetricsApi::refused);
    }
    return sums;
  }

  private static <T> Future<T> refused(Throwable failure) {
    boolean late = failure instanceof TimeoutException;
    return Future.failedFuture(
        late ? new Refusal(503, "ledger", "the ledger does not answer in time") : failure);
  }

  private static Sums sums(Ledger.Rows rows, List<Long> active) {
    TotalsRows totals = rows.totals();
    Map<String, TotalsRows.Room> rooms = new HashMap<>();
    totals.rooms().forEach(room -> rooms.put(room.room().publicId(), room));
    return new Sums(
        rooms, totals.closedBytes(active), totals.deliveredBytes(), totals.deliveries());
  }

  private Buffer text(Sums now) {
    Samples samples = new Samples();
    RoomSamples rooms = new RoomSamples(samples, meter);
    view.rooms().forEach(room -> rooms.add(room, total(room, now), open(room, now)));
    deliveries(samples, now);
    view.storage().forEach(gate -> storage(samples, gate));
    requests(samples);
    process(samples);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, samples.all());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(out.toByteArray());
  }

  private static TotalsRows.Room total(RoomView room, Sums now) {
    RoomStatus status = room.status();
    return now.rooms().getOrDefault(status.id(), new TotalsRows.Room(status.key(), 0, 0, 0, 0));
  }

  /** Bytes of the file that is being written; what was closed meanwhile is not counted twice. */
  private static long open(RoomView room, Sums now) {
    return room.progress()
        .filter(progress -> now.closed().containsKey(progress.recording()))
        .map(progress -> progress.bytes() - now.closed().get(progress.recording()))
        .filter(bytes -> bytes > 0)
        .orElse(0L);
  }

  private void deliveries(Samples samples, Sums now) {
    Map<String, Long> delivered = new TreeMap<>(now.delivered());
    tools.settings().get().targets().keySet().forEach(name -> delivered.putIfAbsent(name, 0L));
    delivered.forEach(
        (target, bytes) ->
            samples.counter(
                "sluice_delivery_bytes",
                "Bytes that a target has confirmed.",
                meter.rising("delivered " + target, bytes),
                "target",
                target));
    for (DeliveryRow.State state : DeliveryRow.State.values()) {
      samples.gauge(
          "sluice_deliveries",
          "Deliveries by state.",
          now.deliveries().getOrDefault(state, 0L),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void storage(Samples samples, StorageGate gate) {
    if (gate.freeBytes() >= 0) {
      samples.gauge(
          "sluice_disk_free_bytes",
          "Space that recordings may use.",
          gate.freeBytes(),
          "root",
          gate.root().toString());
    }
  }

  private void requests(Samples samples) {
    meter
        .asked()
        .forEach(
            (platform, codes) ->
                codes.forEach(
                    (code, count) ->
                        samples.counter(
                            "sluice_platform_requests",
                            "Requests for sources since the start of the program, by status.",
                            count,
                            "code",
                            code,
                            "platform",
                            platform)));
  }

  private void process(Samples samples) {
    Runtime runtime = Runtime.getRuntime();
    samples.gauge(
        "sluice_uptime_seconds",
        "Since the start of the page.",
        (System.nanoTime() - startedNanos) / 1e9);
    samples.gauge(
        "sluice_heap_used_bytes", "Heap in use.", runtime.totalMemory() - runtime.freeMemory());
    samples.gauge("sluice_heap_max_bytes", "Heap at most.", runtime.maxMemory());
  }
}
