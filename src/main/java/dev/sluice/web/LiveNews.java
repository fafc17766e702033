package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.StorageGate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What changed since the last delta, and the numbers of the messages. Belongs to one thread. */
final class LiveNews {
  /** More recordings at once are told as these: the page asks for its list anew anyway. */
  private static final int MAX_TOUCHED = 200;

  private final ObjectNode server;
  private final Map<String, String> told = new HashMap<>();
  private final Set<String> rooms = new LinkedHashSet<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final Map<Long, DeliveryView> deliveries = new LinkedHashMap<>();
  private final Set<String> goneDeliveries = new LinkedHashSet<>();
  private final Set<String> recordings = new LinkedHashSet<>();
  private final Map<Path, StorageGate> storage = new LinkedHashMap<>();
  private final Map<String, NoticeList.Shown> toldNotices = new LinkedHashMap<>();
  private List<NoticeList.Shown> notices = List.of();
  private long number = 1;

  LiveNews(ObjectNode server) {
    this.server = server;
  }

  /** Everything that is shown. */
  record All(
      Collection<RoomView> rooms,
      Collection<DeliveryView> deliveries,
      Collection<StorageGate> storage) {}

  void room(String id) {
    rooms.add(id);
    removed.remove(id);
  }

  void removed(String id) {
    rooms.remove(id);
    removed.add(id);
    told.remove(id);
  }

  void delivery(DeliveryView delivery) {
    deliveries.put(delivery.row().id(), delivery);
    goneDeliveries.remove(Long.toString(delivery.row().id()));
  }

  void gone(long delivery) {
    deliveries.remove(delivery);
    goneDeliveries.add(Long.toString(delivery));
  }

  void touched(long recording) {
    if (recordings.size() < MAX_TOUCHED) {
      recordings.add(Long.toString(recording));
    }
  }

  void storage(StorageGate gate) {
    storage.put(gate.root(), gate);
  }

  /** All that hold now, newest first. */
  void notices(NoticeList list) {
    notices = list.shown();
  }

  Optional<String> delta(Instant at, Map<String, RoomView> all) {
    ArrayNode changed = changedRooms(all);
    ArrayNode newNotices = newNotices();
    Set<String> gone = goneNotices();
    boolean nothing =
        changed.isEmpty()
            && removed.isEmpty()
            && deliveries.isEmpty()
            && goneDeliveries.isEmpty()
            && recordings.isEmpty()
            && storage.isEmpty()
            && newNotices.isEmpty()
            && gone.isEmpty();
    if (nothing) {
      return Optional.empty();
    }
    number++;
    ObjectNode delta = head("delta", at);
    delta.set("rooms", changed);
    delta.set("removed", Json.texts(removed));
    deliveries(delta, deliveries.values());
    delta.set("deliveries_gone", Json.texts(goneDeliveries));
    delta.set("recordings", Json.texts(recordings));
    storage(delta, storage.values());
    delta.set("notices", newNotices);
    delta.set("notices_gone", Json.texts(gone));
    forget();
    return Optional.of(delta.toString());
  }

  private void forget() {
    toldNotices.clear();
    notices.forEach(notice -> toldNotices.put(notice.id(), notice));
    removed.clear();
    deliveries.clear();
    goneDeliveries.clear();
    recordings.clear();
    storage.clear();
  }

  private ArrayNode newNotices() {
    ArrayNode list = Json.NODES.arrayNode();
    notices.stream()
        .filter(notice -> !notice.equals(toldNotices.get(notice.id())))
        .forEach(notice -> list.add(Json.notice(notice)));
    return list;
  }

  private Set<String> goneNotices() {
    Set<String> gone = new LinkedHashSet<>(toldNotices.keySet());
    notices.forEach(notice -> gone.remove(notice.id()));
    return gone;
  }

  /** Only those that look different from the last time. */
  private ArrayNode changedRooms(Map<String, RoomView> all) {
    ArrayNode changed = Json.NODES.arrayNode();
    for (String id : rooms) {
      ObjectNode json = all.get(id).json();
      String text = json.toString();
      if (!text.equals(told.put(id, text))) {
        changed.add(json);
      }
    }
    rooms.clear();
    return changed;
  }

  String snapshot(Instant at, All all) {
    ObjectNode snapshot = head("snapshot", at);
    snapshot.set("server", server);
    ArrayNode list = snapshot.putArray("rooms");
    all.rooms().forEach(room -> list.add(room.json()));
    deliveries(snapshot, all.deliveries());
    storage(snapshot, all.storage());
    ArrayNode held = snapshot.putArray("notices");
    toldNotices.values().forEach(notice -> held.add(Json.notice(notice)));
    return snapshot.toString();
  }

  private ObjectNode head(String type, Instant at) {
    return Json.NODES.objectNode().put("n", number).put("type", type).put("at", Json.instant(at));
  }

  private static void deliveries(ObjectNode message, Collection<DeliveryView> deliveries) {
    ArrayNode list = message.putArray("deliveries");
    deliveries.forEach(delivery -> list.add(delivery.json()));
  }

  private static void storage(ObjectNode message, Collection<StorageGate> gates) {
    ArrayNode list = message.putArray("storage");
    gates.forEach(gate -> list.add(Json.storage(gate)));
  }
}
