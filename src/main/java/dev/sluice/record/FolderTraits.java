package dev.sluice.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the file system of a recordings root can do. Tried with two files that are gone afterwards.
 *
 * @param locks whether a file can be locked against other processes
 * @param links whether a file can have two names
 */
record FolderTraits(boolean locks, boolean links) {

  /**
   * Tries it. Blocks.
   *
   * @param folder exists and may be written
   * @throws IOException when not even a file can be made there
   */
  static FolderTraits of(Path folder) throws IOException {
    String name = ".probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    Path file = folder.resolve(name);
    Path link = folder.resolve(name + ".link");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      return new FolderTraits(locks(channel), links(file, link));
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(file);
    }
  }

  private static boolean locks(FileChannel channel) {
    try (FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean links(Path file, Path link) {
    try {
      Files.createLink(link, file);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
