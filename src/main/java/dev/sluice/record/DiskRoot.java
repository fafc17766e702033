package dev.sluice.record;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One recordings root: its lock thread, its sync thread, its worker pool's name. A disk that hangs
 * stalls what belongs to its root and nothing else.
 */
final class DiskRoot implements AutoCloseable {
  /** Threads of the pool on which a root's recorders run. */
  static final int POOL_SIZE = 4;

  private static final long SYNC_EVERY_NANOS = 1_000_000_000L;

  private final Path path;
  private final RoomLocks locks;
  private final Set<SegmentFile> open = ConcurrentHashMap.newKeySet();
  private final Thread sync;
  private volatile boolean closed;

  DiskRoot(Path path) {
    this.path = path;
    this.locks = new RoomLocks(path);
    this.sync = new Thread(this::syncLoop, "sync " + path.getFileName());
    sync.setDaemon(true);
    sync.start();
  }

  Path path() {
    return path;
  }

  RoomLocks locks() {
    return locks;
  }

  String poolName() {
    return "record " + path;
  }

  /** The file is forced to the disk about once a second from now on. */
  void opened(SegmentFile file) {
    open.add(file);
  }

  void closed(SegmentFile file) {
    open.remove(file);
  }

  private void syncLoop() {
    while (!closed) {
      long began = System.nanoTime();
      for (SegmentFile file : open) {
        file.force();
      }
      LockSupport.parkNanos(Math.max(1, SYNC_EVERY_NANOS - (System.nanoTime() - began)));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(sync);
    locks.close();
  }
}
