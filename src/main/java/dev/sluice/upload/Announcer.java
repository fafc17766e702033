package dev.sluice.upload;

import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.Notice;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.room.Reason;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells the others how deliveries stand. A target with deliveries that are stuck is one notice. */
final class Announcer {
  private static final String STUCK = "delivery.needs_you";

  private final Vertx vertx;

  /** Row ids by target. */
  private final Map<String, Set<Long>> stuck = new HashMap<>();

  Announcer(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The row says something new. */
  void state(DeliveryRow row) {
    boolean done = row.state() == DeliveryRow.State.DONE;
    publish(row, done ? row.bytes() : 0, 0);
    if (row.state() == DeliveryRow.State.NEEDS_YOU) {
      stuck(row);
    } else {
      goesOn(row);
    }
  }

  private void stuck(DeliveryRow row) {
    stuck.computeIfAbsent(row.target(), target -> new HashSet<>()).add(row.id());
    Topics.NOTICE.publish(vertx, notice(row));
  }

  /** These and no others need a person: what went with its recording needs nobody any more. */
  void only(List<DeliveryRow> rows) {
    Map<String, DeliveryRow> first = new LinkedHashMap<>();
    rows.forEach(row -> first.putIfAbsent(row.target(), row));
    stuck.keySet().stream()
        .filter(target -> !first.containsKey(target))
        .forEach(target -> Topics.NOTICE.publish(vertx, Notice.over(STUCK, target)));
    first.values().stream()
        .filter(row -> !stuck.containsKey(row.target()))
        .forEach(row -> Topics.NOTICE.publish(vertx, notice(row)));
    stuck.clear();
    rows.forEach(
        row -> stuck.computeIfAbsent(row.target(), target -> new HashSet<>()).add(row.id()));
  }

  private void goesOn(DeliveryRow row) {
    Set<Long> others = stuck.get(row.target());
    if (others != null && others.remove(row.id()) && others.isEmpty()) {
      stuck.remove(row.target());
      Topics.NOTICE.publish(vertx, Notice.over(STUCK, row.target()));
    }
  }

  /** The rate is that of the whole try. */
  void progress(DeliveryRow row, long sentBytes, long nanos) {
    double seconds = Math.max(nanos, 1) / (double) TimeUnit.SECONDS.toNanos(1);
    publish(row, sentBytes, Math.round(sentBytes / seconds));
  }

  private void publish(DeliveryRow row, long sentBytes, long bytesPerSecond) {
    Topics.DELIVERY.publish(
        vertx,
        new DeliveryNews(row.id(), row.state().word(), sentBytes, row.bytes(), bytesPerSecond));
  }

  private static Notice notice(DeliveryRow row) {
    String error = row.error().orElse("");
    Map<String, String> values = Map.of("file", row.file(), "target", row.target(), "error", error);
    String text = row.file() + " cannot be delivered to " + row.target() + ": " + error;
    Reason reason = new Reason(STUCK, values, text);
    return Notice.about(row.target(), Notice.Level.WARNING, Optional.of(row.roomId()), reason);
  }
}
