package dev.sluice.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that webhooks may be told.
 *
 * @param id the same for every webhook and every try: receivers know repeats by it
 * @param type what it is
 * @param at when it happened
 * @param room which room, if one
 * @param text an English sentence
 * @param values more of it, numbers and text; never secrets; each is cut like {@link Clip}
 */
record HookEvent(
    String id, Type type, Instant at, Optional<Room> room, String text, ObjectNode values) {
  /** The kinds of events. */
  enum Type {
    BROADCAST_BEGAN,
    BROADCAST_ENDED,
    RECORDING_ENDED,
    SEGMENT_READY,
    DELIVERY_DONE,
    DELIVERY_STUCK,
    NOTICE,
    TEST;

    /** The word of the settings file and of what is sent: {@code recording.ended}. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** A room as it is told: without its link, which may hold a secret. */
  record Room(RoomKey key, String name) {}

  /** What is sent. */
  String body() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("type", type.word())
            .put("time", at.truncatedTo(ChronoUnit.MILLIS).toString());
    if (room.isPresent()) {
      json.putObject("room")
          .put("id", room.get().key().publicId())
          .put("name", Clip.text(room.get().name()))
          .put("platform", room.get().key().platform());
    } else {
      json.putNull("room");
    }
    json.put("text", Clip.text(text));
    ObjectNode clipped = json.putObject("values");
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      if (value.getValue().isTextual()) {
        clipped.put(value.getKey(), Clip.text(value.getValue().textValue()));
      } else {
        clipped.set(value.getKey(), value.getValue());
      }
    }
    return json.toString();
  }
}
