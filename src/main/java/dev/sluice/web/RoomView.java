package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.room.Mode;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is known of one room, from the last message of each kind and from the ledger. */
final class RoomView {
  private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

  private RoomStatus status;
  private Optional<RecordingProgress> progress = Optional.empty();
  private Optional<Start> start = Optional.empty();
  private Map<DeliveryRow.State, Long> deliveries = Map.of();
  private long endedEpoch;

  private record Start(long recording, Instant at) {}

  RoomView(RoomStatus status) {
    this.status = status;
  }

  RoomStatus status() {
    return status;
  }

  Optional<RecordingProgress> progress() {
    return progress;
  }

  RoomState state() {
    return status.state();
  }

  /** Moments are told anew each time and wander by milliseconds: the first telling is kept. */
  void take(RoomStatus next) {
    boolean same = status.state() == next.state() && near(status.since(), next.since());
    status =
        new RoomStatus(
            next.id(),
            next.key(),
            next.links(),
            next.name(),
            next.mode(),
            next.targets(),
            next.state(),
            next.reason(),
            same ? status.since() : next.since(),
            kept(status.nextLook(), next.nextLook()),
            next.removed());
  }

  /** A late word of an attempt that is over is not taken. */
  void take(RecordingProgress next) {
    if (next.epoch() <= endedEpoch) {
      return;
    }
    progress = Optional.of(next);
  }

  void take(RecordingEnded end) {
    endedEpoch = Math.max(endedEpoch, end.epoch());
    progress = progress.filter(now -> now.epoch() > endedEpoch);
  }

  /** The recording whose beginning has to be read from the ledger. */
  Optional<Long> unknownStart() {
    return progress.map(RecordingProgress::recording).filter(id -> !isStartOf(id));
  }

  private boolean isStartOf(long recording) {
    return start.filter(known -> known.recording() == recording).isPresent();
  }

  /** Whether it was this recording's. */
  boolean startedAt(long recording, Instant at) {
    boolean mine = progress.filter(now -> now.recording() == recording).isPresent();
    if (mine) {
      start = Optional.of(new Start(recording, at));
    }
    return mine;
  }

  void deliveries(Map<DeliveryRow.State, Long> counts) {
    deliveries = counts;
  }

  private static Optional<Instant> kept(Optional<Instant> old, Optional<Instant> next) {
    boolean same = old.isPresent() && next.isPresent() && near(old.get(), next.get());
    return same ? old : next;
  }

  private static boolean near(Instant a, Instant b) {
    return Duration.between(a, b).abs().compareTo(SAME_MOMENT) < 0;
  }

  /** As the API shows it. */
  ObjectNode json() {
    Optional<Reason> reason = status.reason();
    ObjectNode json =
        Json.NODES
            .objectNode()
            .put("id", status.id())
            .put("key", status.key().toString())
            .put("platform", status.key().platform())
            .put("link", status.links().get(0));
    json.set("links", Json.texts(status.links()));
    json.put("name", status.name())
        .put("mode", status.mode().word())
        .put("record", status.mode() == Mode.RECORD);
    json.set("targets", Json.texts(status.targets()));
    json.put("state", status.state().word())
        .put("reason", reason.map(Reason::text).orElse(null))
        .put("reason_key", reason.map(Reason::key).orElse(null));
    json.set("reason_values", Json.values(reason.map(Reason::values).orElse(Map.of())));
    json.put("since", Json.instant(status.since()))
        .put("next_look_at", Json.instant(status.nextLook()));
    json.set("recording", recording());
    json.set("deliveries", deliveries());
    return json;
  }

  private JsonNode recording() {
    if (progress.isEmpty() || unknownStart().isPresent()) {
      return Json.NODES.nullNode();
    }
    RecordingProgress now = progress.get();
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(now.recording()))
        .put("epoch", now.epoch())
        .put("started_at", Json.instant(start.map(Start::at)))
        .put("receiving", now.receiving())
        .put("bytes", now.bytes())
        .put("bytes_per_second", now.bytesPerSecond())
        .put("duration_ms", now.durationMs())
        .put("segments", now.segments())
        .put("gaps", now.gaps())
        .put("gap_ms", now.gapMs())
        .put("quality", now.quality())
        .put("file", now.file());
  }

  private ObjectNode deliveries() {
    ObjectNode json = Json.NODES.objectNode();
    for (DeliveryRow.State state : DeliveryRow.State.values()) {
      json.put(state.word(), deliveries.getOrDefault(state, 0L));
    }
    return json;
  }
}
