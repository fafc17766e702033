package dev.sluice.web;

import dev.sluice.ledger.DeliveryRow;
import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows for the live view, read in one transaction.
 *
 * @param deliveries each with the room's name
 * @param gone deliveries that wait with their recording in the trash, or for ever
 * @param counts deliveries by state of the rooms concerned
 * @param starts when recordings began
 */
record LedgerNews(
    List<NamedDelivery> deliveries,
    Set<Long> gone,
    Map<RoomKey, Map<DeliveryRow.State, Long>> counts,
    Map<Long, Instant> starts) {
  private static final int PENDING_OF_A_STATE = 200;
  private static final int NEWEST = 100;

  /** A delivery and the name of its room. */
  record NamedDelivery(DeliveryRow row, String roomName) {}

  /**
   * What to read.
   *
   * @param all every delivery that is not done, and the newest
   * @param newer deliveries with a higher id than this; Long.MAX_VALUE for none
   * @param deliveries these
   * @param rooms whose deliveries to count
   * @param recordings whose start is wanted
   */
  record Wanted(
      boolean all, long newer, Set<Long> deliveries, Set<RoomKey> rooms, Set<Long> recordings) {
    boolean isNothing() {
      return !all
          && newer == Long.MAX_VALUE
          && deliveries.isEmpty()
          && rooms.isEmpty()
          && recordings.isEmpty();
    }
  }

  /** To be called inside a transaction. */
  static LedgerNews read(Ledger.Rows rows, Wanted wanted) {
    Map<Long, DeliveryRow> found = new HashMap<>();
    pending(rows, wanted).forEach(row -> found.put(row.id(), row));
    for (Long id : wanted.deliveries()) {
      rows.delivery(id).ifPresent(row -> found.put(id, row));
    }
    Map<Long, Optional<RecordingRow>> recordings = new HashMap<>();
    Set<RoomKey> rooms = new HashSet<>(wanted.rooms());
    List<NamedDelivery> deliveries = new ArrayList<>();
    Set<Long> gone = new HashSet<>();
    for (DeliveryRow row : found.values()) {
      Optional<RecordingRow> recording =
          recordings.computeIfAbsent(row.recording(), rows::recording);
      recording.ifPresent(r -> rooms.add(r.room()));
      if (isGone(rows, row)) {
        gone.add(row.id());
      } else {
        deliveries.add(new NamedDelivery(row, recording.map(RecordingRow::roomName).orElse("")));
      }
    }
    Map<RoomKey, Map<DeliveryRow.State, Long>> counts = new HashMap<>();
    rooms.forEach(room -> counts.put(room, rows.deliveryCounts(room)));
    Map<Long, Instant> starts = new HashMap<>();
    for (Long id : wanted.recordings()) {
      rows.recording(id).ifPresent(row -> starts.put(id, row.startedAt()));
    }
    return new LedgerNews(deliveries, gone, counts, starts);
  }

  private static boolean isGone(Ledger.Rows rows, DeliveryRow row) {
    return row.state() != DeliveryRow.State.DONE
        && rows.storage().disposal(row.recording()).filter(d -> d != Disposal.KEPT).isPresent();
  }

  private static List<DeliveryRow> pending(Ledger.Rows rows, Wanted wanted) {
    List<DeliveryRow> found = new ArrayList<>();
    if (wanted.all()) {
      for (DeliveryRow.State state : DeliveryRow.State.values()) {
        int limit = state == DeliveryRow.State.DONE ? LiveView.DONE_KEPT : PENDING_OF_A_STATE;
        found.addAll(rows.deliveries(Optional.of(state), Long.MAX_VALUE, limit));
      }
    } else if (wanted.newer() != Long.MAX_VALUE) {
      for (DeliveryRow row : rows.deliveries(Optional.empty(), Long.MAX_VALUE, NEWEST)) {
        if (row.id() > wanted.newer()) {
          found.add(row);
        }
      }
    }
    return found;
  }
}
