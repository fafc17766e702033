package dev.sluice.record;

import dev.sluice.room.RoomKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Locks rooms against other processes that share a recordings root, and keeps each room's epoch
 * beside the lock. All channels live on one plain thread that nobody interrupts: an interrupt would
 * close a channel and drop its lock; and each file is opened once, since closing another descriptor
 * of it would drop the lock too.
 */
final class RoomLocks implements AutoCloseable {
  private static final int MAX_CONTENT = 64;

  private final Path folder;
  private final Map<RoomKey, Held> held = new HashMap<>();
  private final ExecutorService thread;

  private record Held(FileChannel channel, FileLock lock) {}

  /**
   * @param root recordings root
   */
  RoomLocks(Path root) {
    folder = root.resolve(".sluice");
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread t = new Thread(task, "locks " + root.getFileName());
              t.setDaemon(true);
              return t;
            });
  }

  /** What the file system of the root can do. */
  CompletableFuture<FolderTraits> traits() {
    return on(
        () -> {
          Files.createDirectories(folder);
          return FolderTraits.of(folder);
        });
  }

  /** Whether somebody else holds the room; nothing is created for the answer. */
  CompletableFuture<Boolean> isHeldElsewhere(RoomKey room) {
    return on(
        () -> {
          Path file = file(room);
          if (held.containsKey(room) || !Files.exists(file)) {
            return false;
          }
          try (FileChannel channel = open(file)) {
            return tryLock(channel) == null;
          } catch (Refused e) {
            return false;
          }
        });
  }

  /**
   * Takes the room's lock.
   *
   * @return the highest epoch that the lock file knows, or -1 when somebody else holds the room
   */
  CompletableFuture<Long> acquire(RoomKey room) {
    return on(
        () -> {
          Files.createDirectories(folder);
          FileChannel channel = open(file(room));
          FileLock lock;
          try {
            lock = tryLock(channel);
          } catch (Refused e) {
            // The file system has no locks: local map and data lock remain.
            lock = null;
            held.put(room, new Held(channel, null));
            return read(channel);
          }
          if (lock == null) {
            channel.close();
            return -1L;
          }
          held.put(room, new Held(channel, lock));
          return read(channel);
        });
  }

  /** Writes the epoch into the lock file that we hold, and forces it. */
  CompletableFuture<Void> write(RoomKey room, long epoch) {
    return on(
        () -> {
          Held mine = held.get(room);
          if (mine == null) {
            throw new IOException("the lock of this room is not held");
          }
          String text = epoch + " " + ProcessHandle.current().pid() + "\n";
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
          mine.channel().truncate(0);
          mine.channel().position(0);
          while (bytes.hasRemaining()) {
            mine.channel().write(bytes);
          }
          mine.channel().force(true);
          return null;
        });
  }

  /** Gives the room back; harmless when it is not held. */
  CompletableFuture<Void> release(RoomKey room) {
    return on(
        () -> {
          Held mine = held.remove(room);
          if (mine != null) {
            mine.channel().close();
          }
          return null;
        });
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  private Path file(RoomKey room) {
    return folder.resolve(room.publicId() + ".lock");
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static FileLock tryLock(FileChannel channel) throws Refused {
    try {
      return channel.tryLock();
    } catch (IOException e) {
      throw new Refused(e);
    }
  }

  private static long read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_CONTENT);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    try {
      return Math.max(0, Long.parseLong(text.strip().split(" ")[0]));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private <T> CompletableFuture<T> on(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            answer.complete(work.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** The file system does not lock. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Throwable cause) {
      super(cause);
    }
  }
}
