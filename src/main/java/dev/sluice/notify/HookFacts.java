package dev.sluice.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RoomNews;
import dev.sluice.bus.SegmentNews;
import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.GapRow;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.notify.HookEvent.Room;
import dev.sluice.notify.HookEvent.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Makes events of what was said on the bus; numbers come from the rows, in the transaction. */
final class HookFacts {
  private HookFacts() {}

  static HookEvent began(RoomNews news, Instant at) {
    Room room = new Room(news.room(), news.name());
    return event(Type.BROADCAST_BEGAN, at, room, news.name() + " is live", values());
  }

  static HookEvent ended(RoomNews news, Instant at) {
    Room room = new Room(news.room(), news.name());
    return event(Type.BROADCAST_ENDED, at, room, news.name() + " is off air", values());
  }

  /** An attempt that recorded something is over. */
  static Optional<HookEvent> of(Ledger.Rows rows, RecordingEnded end, Instant at) {
    Optional<RecordingRow> found =
        end.recording() > 0 ? rows.recording(end.recording()) : Optional.empty();
    return found.map(recording -> recordingEnded(rows, recording, end, at));
  }

  private static HookEvent recordingEnded(
      Ledger.Rows rows, RecordingRow recording, RecordingEnded end, Instant at) {
    List<SegmentRow> segments = rows.segmentsOf(recording.id());
    List<GapRow> gaps = rows.gapsOf(recording.id());
    ObjectNode values =
        values()
            .put("recording", Long.toString(recording.id()))
            .put("cause", end.cause().name().toLowerCase(Locale.ROOT))
            .put("reason", end.reason().text())
            .put("started_at", recording.startedAt().toString())
            .put("files", segments.size())
            .put("bytes", segments.stream().mapToLong(SegmentRow::bytes).sum())
            .put("duration_ms", segments.stream().mapToLong(SegmentRow::endMs).max().orElse(0))
            .put("gaps", gaps.size())
            .put("gap_ms", gaps.stream().mapToLong(GapRow::durationMs).sum());
    String text = recording.roomName() + " is recorded no more: " + end.reason().text();
    return event(
        Type.RECORDING_ENDED, at, new Room(end.room(), recording.roomName()), text, values);
  }

  /** A file that nobody will touch again. */
  static Optional<HookEvent> of(Ledger.Rows rows, SegmentNews news, Instant at) {
    if (news.what() != SegmentNews.What.READY) {
      return Optional.empty();
    }
    return rows.segment(news.segment()).map(segment -> ready(rows, segment, at));
  }

  private static HookEvent ready(Ledger.Rows rows, SegmentRow segment, Instant at) {
    String name = rows.recording(segment.recording()).map(RecordingRow::roomName).orElse("");
    ObjectNode values =
        values()
            .put("recording", Long.toString(segment.recording()))
            .put("segment", segment.index())
            .put("file", segment.file())
            .put("path", segment.path().toString())
            .put("bytes", segment.bytes())
            .put("start_ms", segment.startMs())
            .put("end_ms", segment.endMs());
    String text = segment.file() + " is finished";
    return event(Type.SEGMENT_READY, at, new Room(segment.room(), name), text, values);
  }

  /** A delivery that is done or needs a person. */
  static Optional<HookEvent> of(Ledger.Rows rows, DeliveryNews news, Instant at) {
    if (!isTold(news)) {
      return Optional.empty();
    }
    boolean done = news.state().equals(DeliveryRow.State.DONE.word());
    return rows.delivery(news.delivery()).map(row -> delivery(rows, row, done, at));
  }

  /** Whether a delivery has come to where webhooks are told of it. */
  static boolean isTold(DeliveryNews news) {
    return news.state().equals(DeliveryRow.State.DONE.word())
        || news.state().equals(DeliveryRow.State.NEEDS_YOU.word());
  }

  private static HookEvent delivery(Ledger.Rows rows, DeliveryRow row, boolean done, Instant at) {
    Optional<Room> room =
        rows.recording(row.recording()).map(found -> new Room(found.room(), found.roomName()));
    ObjectNode values =
        values()
            .put("delivery", Long.toString(row.id()))
            .put("recording", Long.toString(row.recording()))
            .put("file", row.file())
            .put("target", row.target())
            .put("bytes", row.bytes())
            .put("tries", row.tries());
    row.remote().ifPresent(remote -> values.put("remote", remote));
    row.error().ifPresent(error -> values.put("error", error));
    String text =
        done
            ? row.file() + " is delivered to " + row.target()
            : row.file() + " cannot be delivered to " + row.target();
    Type type = done ? Type.DELIVERY_DONE : Type.DELIVERY_STUCK;
    return new HookEvent(newId(), type, at, room, text, values);
  }

  /** What a person should know. */
  static HookEvent of(NoticeList.Shown notice, Instant at) {
    ObjectNode values =
        values()
            .put("notice", notice.id())
            .put("level", notice.level().name().toLowerCase(Locale.ROOT))
            .put("key", notice.reason().key())
            .put("room_id", notice.roomId().orElse(null));
    notice.reason().values().forEach(values::put);
    return new HookEvent(
        newId(), Type.NOTICE, at, Optional.empty(), notice.reason().text(), values);
  }

  static HookEvent test(Instant at) {
    String text = "this is a test";
    return new HookEvent(newId(), Type.TEST, at, Optional.empty(), text, values());
  }

  private static HookEvent event(Type type, Instant at, Room room, String text, ObjectNode values) {
    return new HookEvent(newId(), type, at, Optional.of(room), text, values);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static ObjectNode values() {
    return JsonNodeFactory.instance.objectNode();
  }
}
