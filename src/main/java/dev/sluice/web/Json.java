package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.StorageGate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Small pieces of the API's JSON. */
final class Json {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** To the millisecond, which is what JavaScript reads. */
  static String instant(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static String instant(Optional<Instant> at) {
    return at.map(Json::instant).orElse(null);
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  static ObjectNode values(Map<String, String> values) {
    ObjectNode object = NODES.objectNode();
    values.forEach(object::put);
    return object;
  }

  /**
   * A page of a list.
   *
   * @param next cursor of the next page, null at the end
   */
  static ObjectNode page(ArrayNode items, String next) {
    ObjectNode page = NODES.objectNode();
    page.set("items", items);
    return page.put("next", next);
  }

  static ObjectNode notice(NoticeList.Shown notice) {
    ObjectNode json =
        NODES
            .objectNode()
            .put("id", notice.id())
            .put("since", instant(notice.since()))
            .put("level", notice.level().name().toLowerCase(Locale.ROOT))
            .put("room_id", notice.roomId().orElse(null))
            .put("text", notice.reason().text())
            .put("key", notice.reason().key());
    json.set("values", values(notice.reason().values()));
    return json;
  }

  static ObjectNode storage(StorageGate gate) {
    return NODES
        .objectNode()
        .put("root", gate.root().toString())
        .put("open", gate.open())
        .put("free_bytes", gate.freeBytes())
        .put("total_bytes", gate.totalBytes());
  }
}
