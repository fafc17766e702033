package dev.sluice.bus;

import dev.sluice.room.Reason;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a disk root stands.
 *
 * @param root recordings root
 * @param open whether it may be written
 * @param freeBytes usable by us, -1 when unknown
 * @param totalBytes of the file system, -1 when unknown
 * @param closed why no recording begins there; empty: it may
 */
public record StorageGate(
    Path root, boolean open, long freeBytes, long totalBytes, Optional<Reason> closed) {

  /** As it was measured, without a judgement. */
  public StorageGate(Path root, boolean open, long freeBytes, long totalBytes) {
    this(root, open, freeBytes, totalBytes, Optional.empty());
  }

  /** With the judgement. */
  public StorageGate closed(Optional<Reason> why) {
    return new StorageGate(root, open, freeBytes, totalBytes, why);
  }

  /** Whether recordings that run are to end, before the reserve is used up. */
  public boolean isLow() {
    return open && closed.isPresent();
  }
}
