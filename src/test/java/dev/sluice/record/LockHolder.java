package dev.sluice.record;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Another process that holds a room: {@code root, room key, epoch}. Holds it until it is ended. */
final class LockHolder {
  private LockHolder() {}

  /** Says {@code held <epoch before>} once the room is its own. */
  public static void main(String[] args) {
    RoomLocks locks = new RoomLocks(Path.of(args[0]));
    RoomKey room = RoomKey.parse(args[1]);
    long before = locks.acquire(room).join();
    if (before >= 0) {
      locks.write(room, Long.parseLong(args[2])).join();
    }
    System.out.println("held " + before);
    System.out.flush();
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (before >= 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000_000);
    }
  }
}
