package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.ledger.DeliveryRow;
import java.util.Optional;

/**
 * A delivery's row with what only messages tell.
 *
 * @param roomName name of the room when the recording began
 * @param news the last message about it
 */
record DeliveryView(DeliveryRow row, String roomName, Optional<DeliveryNews> news) {

  boolean isDone() {
    return row.state() == DeliveryRow.State.DONE;
  }

  DeliveryView with(DeliveryNews next) {
    return new DeliveryView(row, roomName, Optional.of(next));
  }

  /** As the API shows it. */
  ObjectNode json() {
    Optional<DeliveryNews> sending = news.filter(n -> row.state() == DeliveryRow.State.SENDING);
    long sent = isDone() ? row.bytes() : sending.map(DeliveryNews::sentBytes).orElse(0L);
    return Json.NODES
        .objectNode()
        .put("id", Long.toString(row.id()))
        .put("recording_id", Long.toString(row.recording()))
        .put("room_id", row.roomId())
        .put("room_name", roomName)
        .put("file", row.file())
        .put("target", row.target())
        .put("state", row.state().word())
        .put("bytes", row.bytes())
        .put("sent_bytes", sent)
        .put("bytes_per_second", sending.map(DeliveryNews::bytesPerSecond).orElse(0L))
        .put("tries", row.tries())
        .put("next_try_at", Json.instant(row.nextTryAt()))
        .put("error", row.error().orElse(null))
        .put("created_at", Json.instant(row.createdAt()))
        .put("done_at", Json.instant(row.doneAt()));
  }
}
