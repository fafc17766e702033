package dev.sluice.record;

import dev.sluice.bus.SourceLook;
import dev.sluice.bus.Topic;
import dev.sluice.room.Liveness;
import dev.sluice.room.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/**
 * Answers who wants to know whether a source is live before there is a room: few at a time, each
 * for a moment, without a recorder and beside the gate. Lives on one context.
 */
final class SourceLooks {
  private static final int AT_ONCE = 4;
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private final RecordTools tools;
  private final SourceProbe probe;
  private int underWay;

  SourceLooks(Vertx vertx, RecordTools tools) {
    this.tools = tools;
    this.probe = new SourceProbe(vertx, tools.client(), LIMIT);
  }

  void onLook(Message<SourceLook> message) {
    if (underWay == AT_ONCE) {
      Topic.reply(message, unknown("unknown.busy", "too many looks at once"));
      return;
    }
    underWay++;
    look(message.body())
        .otherwise(failure -> unknown("unknown.network", String.valueOf(failure.getMessage())))
        .onComplete(
            found -> {
              underWay--;
              Topic.reply(message, found.result());
            });
  }

  private Future<SourceLook.Found> look(SourceLook look) {
    return tools
        .platforms()
        .named(look.room().platform())
        .source(look.link(), look.connection())
        .compose(probe::look);
  }

  private static SourceLook.Found unknown(String key, String detail) {
    return new SourceLook.Found(Liveness.UNKNOWN, Reason.of(key, "detail", detail, detail), "");
  }
}
