package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.DeliveryNews;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RecordingEnded;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.RoomStatus;
import dev.sluice.bus.StorageGate;
import dev.sluice.ledger.DeliveryRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The latest of everything that the page shows, and what of it changed since the last delta. No
 * I/O, no clock; belongs to one thread.
 */
final class LiveView {
  /** Deliveries that are done and still shown. */
  static final int DONE_KEPT = 20;

  /** Deliveries held at all; more that wait are found in the list of deliveries. */
  static final int MAX_DELIVERIES = 1000;

  private final Map<String, RoomView> rooms = new LinkedHashMap<>();
  private final TreeMap<Long, DeliveryView> deliveries = new TreeMap<>();
  private final Map<Path, StorageGate> storage = new LinkedHashMap<>();
  private final LiveNews news;

  /**
   * @param server what a snapshot says of the server
   */
  LiveView(ObjectNode server) {
    this.news = new LiveNews(server);
  }

  Collection<RoomView> rooms() {
    return rooms.values();
  }

  Collection<StorageGate> storage() {
    return storage.values();
  }

  Optional<RoomView> room(String id) {
    return Optional.ofNullable(rooms.get(id));
  }

  Optional<DeliveryView> delivery(long id) {
    return Optional.ofNullable(deliveries.get(id));
  }

  /** The highest id of a delivery that is shown, 0 without any. */
  long newestDelivery() {
    return deliveries.isEmpty() ? 0 : deliveries.lastKey();
  }

  /** What a running attempt last said of this recording. */
  Optional<RecordingProgress> progress(long recording) {
    return rooms.values().stream()
        .flatMap(room -> room.progress().stream())
        .filter(progress -> progress.recording() == recording)
        .findFirst();
  }

  /** All rooms there are, in their order; others are gone. */
  void take(List<RoomStatus> told) {
    List<RoomStatus> all = told.stream().filter(status -> !status.removed()).toList();
    Set<String> ids = all.stream().map(RoomStatus::id).collect(Collectors.toSet());
    List.copyOf(rooms.keySet()).stream().filter(id -> !ids.contains(id)).forEach(this::remove);
    all.forEach(this::take);
    Map<String, RoomView> before = Map.copyOf(rooms);
    rooms.clear();
    all.forEach(status -> rooms.put(status.id(), before.get(status.id())));
  }

  void take(RoomStatus status) {
    if (status.removed()) {
      remove(status.id());
      return;
    }
    rooms.computeIfAbsent(status.id(), id -> new RoomView(status)).take(status);
    changed(status.id());
  }

  private void remove(String id) {
    if (rooms.remove(id) != null) {
      news.removed(id);
    }
  }

  void take(RecordingProgress progress) {
    String id = progress.room().publicId();
    room(id)
        .ifPresent(
            room -> {
              room.take(progress);
              changed(id);
            });
  }

  void take(RecordingEnded end) {
    String id = end.room().publicId();
    room(id)
        .ifPresent(
            room -> {
              room.take(end);
              changed(id);
            });
    touched(end.recording());
  }

  void startedAt(long recording, Instant at) {
    for (RoomView room : rooms.values()) {
      if (room.startedAt(recording, at)) {
        changed(room.status().id());
      }
    }
  }

  void counts(String roomId, Map<DeliveryRow.State, Long> counts) {
    room(roomId)
        .ifPresent(
            room -> {
              room.deliveries(counts);
              changed(roomId);
            });
  }

  /** A recording is worth asking for again. */
  void touched(long recording) {
    if (recording > 0) {
      news.touched(recording);
    }
  }

  /**
   * @return whether the row has to be read again
   */
  boolean take(DeliveryNews said) {
    DeliveryView known = deliveries.get(said.delivery());
    if (known == null) {
      return true;
    }
    put(known.with(said));
    return !known.row().state().word().equals(said.state());
  }

  void take(DeliveryRow row, String roomName) {
    DeliveryView known = deliveries.get(row.id());
    boolean waits = row.state() == DeliveryRow.State.WAITING;
    if (known == null && waits && deliveries.size() >= MAX_DELIVERIES) {
      return;
    }
    put(new DeliveryView(row, roomName, known == null ? Optional.empty() : known.news()));
    dropOldDone();
  }

  /** A delivery is not to be shown any more. */
  void gone(long delivery) {
    if (deliveries.remove(delivery) != null) {
      news.gone(delivery);
    }
  }

  private void put(DeliveryView delivery) {
    deliveries.put(delivery.row().id(), delivery);
    news.delivery(delivery);
  }

  /** Which were told as done stay in the next delta; they are only not kept. */
  private void dropOldDone() {
    List<Long> done =
        deliveries.descendingMap().values().stream()
            .filter(DeliveryView::isDone)
            .map(delivery -> delivery.row().id())
            .toList();
    done.stream().skip(DONE_KEPT).forEach(deliveries::remove);
  }

  void take(StorageGate gate) {
    if (!gate.equals(storage.put(gate.root(), gate))) {
      news.storage(gate);
    }
  }

  void take(NoticeList notices) {
    news.notices(notices);
  }

  /** Room by its id, to be told with the next delta if it looks different from then. */
  private void changed(String id) {
    news.room(id);
  }

  /** What changed since the last one; empty when nothing did. */
  Optional<String> delta(Instant at) {
    return news.delta(at, rooms);
  }

  /** Everything, with the number of the last delta. */
  String snapshot(Instant at) {
    return news.snapshot(at, new LiveNews.All(rooms.values(), shown(), storage.values()));
  }

  /** Deliveries that are not known to be done. */
  Set<Long> pending() {
    return deliveries.values().stream()
        .filter(delivery -> !delivery.isDone())
        .map(delivery -> delivery.row().id())
        .collect(Collectors.toSet());
  }

  private List<DeliveryView> shown() {
    return List.copyOf(deliveries.descendingMap().values());
  }
}
