package dev.sluice.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How full the disks are.
 *
 * @param roots the recordings root first, then those of older recordings
 */
public record StorageOverview(List<Root> roots) {
  public StorageOverview {
    roots = List.copyOf(roots);
  }

  /**
   * One recordings root.
   *
   * @param gate as it was measured last; free and total are -1 when unknown
   * @param reserveBytes that recordings leave free
   * @param usedBytes of recordings, by the ledger's rows
   * @param trashBytes of recordings in the trash, likewise
   * @param bytesPerSecond that arrive now
   * @param bytesPerDay of the last week; 0 without any
   * @param fullAtThisRate until the reserve is reached; empty when nothing arrives or free is
   *     unknown
   * @param fullAtHabit the same at the last week's rate
   * @param rooms the largest first
   */
  public record Root(
      StorageGate gate,
      long reserveBytes,
      long usedBytes,
      long trashBytes,
      long bytesPerSecond,
      long bytesPerDay,
      Optional<Duration> fullAtThisRate,
      Optional<Duration> fullAtHabit,
      List<Room> rooms) {
    public Root {
      rooms = List.copyOf(rooms);
    }
  }

  /**
   * What one room holds on a root.
   *
   * @param roomId public id
   * @param name at its newest recording
   * @param recordings how many
   * @param bytes of finished segments
   */
  public record Room(String roomId, String name, int recordings, long bytes) {}
}
