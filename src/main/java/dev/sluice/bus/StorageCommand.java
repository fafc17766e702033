package dev.sluice.bus;

/** What the API asks of storage, which alone deletes recordings. */
public sealed interface StorageCommand {
  /** How full the disks are; answered with a {@link StorageOverview}. */
  record Overview() implements StorageCommand {}

  /** What the rules take next, without taking it; answered with a {@link StorageNext}. */
  record Next() implements StorageCommand {}

  /**
   * To the trash; answered, as the others below, with a {@link StorageReply}.
   *
   * @param recording row id
   * @param force also when targets have not confirmed every file
   */
  record Trash(long recording, boolean force) implements StorageCommand {}

  /**
   * Out of the trash, back to its place.
   *
   * @param recording row id
   */
  record Restore(long recording) implements StorageCommand {}

  /**
   * Out of the trash for good.
   *
   * @param recording row id
   */
  record Remove(long recording) implements StorageCommand {}

  /**
   * Forbids or allows taking a recording away.
   *
   * @param recording row id
   */
  record Protect(long recording, boolean wanted) implements StorageCommand {}
}
