package dev.sluice.storage;

import dev.sluice.bus.StorageGate;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Measures one recordings root on a thread of its own, so that a disk that hangs holds up nothing
 * else. One measurement at a time: while it hangs no other is begun.
 */
final class RootProbe {
  private static final int UNKNOWN = -1;

  private final Path root;
  private final ExecutorService thread;
  private CompletableFuture<StorageGate> outstanding;
  private int missed;

  RootProbe(Path root) {
    this(root, RootThreads.thread("storage-" + root.getFileName(), 1));
  }

  RootProbe(Path root, ExecutorService thread) {
    this.root = root;
    this.thread = thread;
  }

  /** Begins a measurement; empty while the last one has not ended. For one thread. */
  Optional<CompletableFuture<StorageGate>> measure() {
    if (outstanding != null && !outstanding.isDone()) {
      missed++;
      return Optional.empty();
    }
    missed = 0;
    outstanding = CompletableFuture.supplyAsync(() -> look(root), thread);
    return Optional.of(outstanding);
  }

  /** How many measurements in a row could not begin because the disk does not answer. */
  int missed() {
    return missed;
  }

  /** What is said of a disk that does not answer. */
  StorageGate silent() {
    return new StorageGate(root, false, UNKNOWN, UNKNOWN);
  }

  /** Lets go of the thread; does not wait. */
  void close() {
    thread.shutdown();
  }

  /** Makes the folder if it is not there. Blocks. */
  static StorageGate look(Path root) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      return new StorageGate(root, false, UNKNOWN, UNKNOWN);
    }
    boolean open = Files.isDirectory(root) && Files.isWritable(root);
    try {
      FileStore store = Files.getFileStore(root);
      return new StorageGate(root, open, store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      return new StorageGate(root, open, UNKNOWN, UNKNOWN);
    }
  }
}
