package dev.sluice.storage;

import dev.sluice.bus.StorageGate;
import dev.sluice.bus.StorageOverview;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.UsageRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How full the disks are, from what was measured and from the rows: no disk is walked or woken.
 *
 * @param gate of the recordings root, as measured last
 * @param bytesPerSecond that arrive there now
 */
record Overview(StorageGate gate, long reserve, long bytesPerSecond) {
  private static final int MAX_ROOMS = 200;

  /** To be called inside a transaction. */
  StorageOverview read(Ledger.Rows rows, Instant now) {
    Map<Path, List<UsageRow>> roots = new LinkedHashMap<>();
    roots.put(gate.root(), new ArrayList<>());
    for (UsageRow row : rows.storage().usage()) {
      roots.computeIfAbsent(row.root(), root -> new ArrayList<>()).add(row);
    }
    Map<Path, Long> week = rows.storage().bytesSince(Forecast.weekBefore(now));
    Optional<Instant> first = rows.storage().oldestSegment();
    List<StorageOverview.Root> all = new ArrayList<>();
    roots.forEach(
        (root, usage) ->
            all.add(root(root, usage, Forecast.perDay(week.getOrDefault(root, 0L), first, now))));
    return new StorageOverview(all);
  }

  private StorageOverview.Root root(Path root, List<UsageRow> usage, long perDay) {
    // Recordings go to the present root alone; how full the disk of an older one is, is not asked.
    boolean present = root.equals(gate.root());
    long free = present ? gate.freeBytes() : -1;
    long rate = present ? bytesPerSecond : 0;
    long daily = present ? perDay : 0;
    return new StorageOverview.Root(
        present ? gate : new StorageGate(root, false, -1, -1),
        present ? reserve : 0,
        usage.stream().mapToLong(UsageRow::bytes).sum(),
        usage.stream().mapToLong(UsageRow::trashBytes).sum(),
        rate,
        daily,
        Forecast.full(free, reserve, rate),
        Forecast.full(free, reserve, daily / 86_400.0),
        usage.stream()
            .filter(row -> row.recordings() > 0)
            .limit(MAX_ROOMS)
            .map(Overview::room)
            .toList());
  }

  private static StorageOverview.Room room(UsageRow row) {
    return new StorageOverview.Room(
        row.room().publicId(), row.roomName(), row.recordings(), row.bytes());
  }
}
