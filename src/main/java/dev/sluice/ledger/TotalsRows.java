package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Sums over rows, inside one transaction. Valid only on the ledger's thread. */
public interface TotalsRows {

  /**
   * What was ever recorded of a room.
   *
   * @param bytes of closed segments
   * @param segments closed
   * @param gapMs length of all gaps
   * @param repeatedMs length of all repeats that were dropped, reckoned from their frames
   */
  record Room(RoomKey room, long bytes, long segments, long gapMs, long repeatedMs) {}

  /** Every room that was ever recorded. */
  List<Room> rooms();

  /** Bytes of the closed segments of each of these recordings. */
  Map<Long, Long> closedBytes(Collection<Long> recordings);

  /** Bytes that each target has confirmed. */
  Map<String, Long> deliveredBytes();

  /** How many deliveries are in each state; a state without any is left out. */
  Map<DeliveryRow.State, Long> deliveries();
}
