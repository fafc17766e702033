package dev.sluice.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Gives a finished part its final name, never over another file, and so that a crash at any point
 * leaves one complete file (DESIGN.md §6, closing order). Doing it twice changes nothing.
 */
final class Publishing {
  private static final int MAX_NUMBER = 999;

  private static final Object MOVING = new Object();

  private Publishing() {}

  /**
   * Links the part to the first free name and removes the part.
   *
   * @param wanted final name
   * @return the name it got
   */
  static Path publish(Path part, Path wanted) throws IOException {
    for (int number = 1; number <= MAX_NUMBER; number++) {
      Path name = numbered(wanted, number);
      if (take(part, name)) {
        forceFolder(name.getParent());
        return name;
      }
    }
    throw new FileAlreadyExistsException(wanted + " and " + MAX_NUMBER + " numbered names");
  }

  /** {@code name.flv}, {@code name (2).flv}, {@code name (3).flv} … */
  static Path numbered(Path wanted, int number) {
    if (number == 1) {
      return wanted;
    }
    String name = wanted.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return wanted.resolveSibling(
        name.substring(0, dot) + " (" + number + ")" + name.substring(dot));
  }

  private static boolean take(Path part, Path name) throws IOException {
    try {
      Files.createLink(name, part);
    } catch (FileAlreadyExistsException e) {
      // A symbolic link to the part is the same file too, but it keeps nothing when the part goes.
      if (Files.isSymbolicLink(name) || !Files.isSameFile(part, name)) {
        return false;
      }
    } catch (UnsupportedOperationException | IOException e) {
      if (!Files.exists(part)) {
        throw e;
      }
      return moveWhereLinksAreMissing(part, name);
    }
    Files.deleteIfExists(part);
    return true;
  }

  /** Answers whether the name was free; the part has it then. */
  static boolean moveWhereLinksAreMissing(Path part, Path name) throws IOException {
    // Two rooms may want one name at once, on two threads.
    synchronized (MOVING) {
      if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(part, name);
      return true;
    }
  }

  /** Makes names durable; some file systems refuse it, then there is nothing to be had. */
  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Network and Windows file systems refuse to open a folder; the file itself was forced.
    }
  }
}
