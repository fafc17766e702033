package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over the rows of recordings, segments, gaps and deliveries. */
final class TotalsTable implements TotalsRows {
  private static final String ROOMS =
      "select r.room, coalesce(sum(s.bytes), 0), coalesce(sum(s.n), 0), coalesce(sum(g.ms), 0),"
          + " coalesce(sum(case when s.frames > 0 then r.duplicate_frames * s.ms / s.frames else 0"
          + " end), 0) from recording r left join (select recording, sum(bytes) as bytes,"
          + " count(*) as n, sum(video_frames + audio_frames) as frames, max(end_ms) as ms"
          + " from segment where state <> 'OPEN' group by recording) s on s.recording = r.id"
          + " left join (select recording, sum(duration_ms) as ms from gap group by recording) g"
          + " on g.recording = r.id group by r.room";
  private static final String CLOSED =
      "select coalesce(sum(bytes), 0) from segment where recording = ? and state <> 'OPEN'";
  private static final String DELIVERED =
      "select target, sum(bytes) from delivery where state = 'DONE' group by target";
  private static final String DELIVERIES = "select state, count(*) from delivery group by state";

  private final Statements statements;

  TotalsTable(Statements statements) {
    this.statements = statements;
  }

  @Override
  public List<Room> rooms() {
    return statements.list(
        ROOMS,
        row ->
            new Room(
                RoomKey.parse(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5)));
  }

  @Override
  public Map<Long, Long> closedBytes(Collection<Long> recordings) {
    Map<Long, Long> bytes = new HashMap<>();
    recordings.forEach(id -> bytes.put(id, statements.number(CLOSED, id)));
    return bytes;
  }

  @Override
  public Map<String, Long> deliveredBytes() {
    record Sum(String target, long bytes) {}
    Map<String, Long> sums = new TreeMap<>();
    statements
        .list(DELIVERED, row -> new Sum(row.getString(1), row.getLong(2)))
        .forEach(sum -> sums.put(sum.target(), sum.bytes()));
    return sums;
  }

  @Override
  public Map<DeliveryRow.State, Long> deliveries() {
    record Count(DeliveryRow.State state, long number) {}
    Map<DeliveryRow.State, Long> counts = new TreeMap<>();
    statements
        .list(
            DELIVERIES,
            row -> new Count(DeliveryRow.State.valueOf(row.getString(1)), row.getLong(2)))
        .forEach(count -> counts.put(count.state(), count.number()));
    return counts;
  }
}
