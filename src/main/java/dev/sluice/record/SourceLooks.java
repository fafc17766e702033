package dev.sluice.record;

import dev.sluice.bus.SourceLook;
import dev.sluice.bus.SourceLook.Found;
import dev.sluice.bus.Topic;
import dev.sluice.room.Liveness;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Answers who wants to know whether a source is live before there is a room: few at a time, each
 * for a moment, one for all who ask of the same room, and none beside a recorder. Lives on one
 * context.
 */
final class SourceLooks {
  private static final int AT_ONCE = 4;
  private static final Duration LIMIT = Duration.ofSeconds(6);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RecordTools tools;
  private final SourceProbe probe;
  private final Map<RoomKey, Future<SourceProbe.Look>> underWay = new HashMap<>();

  SourceLooks(Vertx vertx, RecordTools tools) {
    this.vertx = vertx;
    this.tools = tools;
    this.probe = new SourceProbe(vertx, tools.client(), LIMIT);
  }

  void onLook(Message<SourceLook> message) {
    SourceLook wanted = message.body();
    if (!underWay.containsKey(wanted.room()) && underWay.size() == AT_ONCE) {
      Topic.reply(message, unknown("unknown.busy", "too many looks at once"));
      return;
    }
    underWay
        .computeIfAbsent(wanted.room(), room -> begin(wanted))
        .compose(SourceProbe.Look::found)
        .otherwise(failure -> unknown("unknown.network", String.valueOf(failure.getMessage())))
        .onSuccess(found -> Topic.reply(message, found));
  }

  private Future<SourceProbe.Look> begin(SourceLook wanted) {
    Future<SourceProbe.Look> look =
        tools
            .platforms()
            .named(wanted.room().platform())
            .source(wanted.link(), wanted.connection())
            .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .map(probe::look);
    vertx.runOnContext(
        v ->
            look.compose(SourceProbe.Look::found)
                .onComplete(done -> underWay.remove(wanted.room(), look)));
    return look;
  }

  /** Ends the look at a room that is to be recorded; completes when its connection is closed. */
  Future<?> end(RoomKey room) {
    Future<SourceProbe.Look> look = underWay.get(room);
    return look == null
        ? Future.succeededFuture()
        : look.compose(SourceProbe.Look::end)
            .timeout(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .otherwiseEmpty();
  }

  private static Found unknown(String key, String detail) {
    return new Found(Liveness.UNKNOWN, Reason.of(key, "detail", detail, detail), "");
  }
}
