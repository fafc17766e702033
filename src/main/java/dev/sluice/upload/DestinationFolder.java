package dev.sluice.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of a target in which one file shall stand, and how files get their names there. */
record DestinationFolder(Path path) {

  /**
   * Makes the folders on the way that are missing. The target's own folder is made only inside one
   * that exists: where even that is missing, a disk is not mounted.
   *
   * @param dir the target's folder
   * @param file the wanted path below it
   */
  static DestinationFolder make(Path dir, String file) throws IOException, Unfinished {
    Path wanted = dir.resolve(file).normalize();
    if (!wanted.startsWith(dir) || wanted.equals(dir)) {
      throw Unfinished.needsYou(wanted + " lies outside of the target's folder " + dir);
    }
    makeTargetFolder(dir);
    Path folder = dir;
    for (Path step : dir.relativize(wanted.getParent())) {
      if (!step.toString().isEmpty()) {
        folder = folder.resolve(step);
        makeFolder(folder);
        checkInside(dir, folder);
      }
    }
    return new DestinationFolder(folder);
  }

  /** Whether something stands under this name, be it a link that leads nowhere. */
  boolean has(String name) {
    return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives a file its final name, never in place of another; false if the name is taken. */
  boolean rename(Path temporary, String name) throws IOException {
    Path to = path.resolve(name);
    try {
      Files.createLink(to, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return move(temporary, to);
    }
  }

  /** For file systems without hard links: looks, then moves. */
  static boolean move(Path temporary, Path to) throws IOException {
    try {
      Files.move(temporary, to);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Makes names durable; a file system that refuses it is left alone. */
  void force() {
    force(path);
  }

  private static void makeTargetFolder(Path dir) throws IOException, Unfinished {
    if (Files.isDirectory(dir)) {
      return;
    }
    if (Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
      throw Unfinished.retry("the target " + dir + " is not a folder");
    }
    if (dir.getParent() == null || !Files.isDirectory(dir.getParent())) {
      throw Unfinished.retry(
          "neither the target folder " + dir + " nor the one above it is there: is it mounted?");
    }
    makeFolder(dir);
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      force(folder.getParent());
    }
  }

  private static void checkInside(Path dir, Path folder) throws IOException, Unfinished {
    if (!folder.toRealPath().startsWith(dir.toRealPath())) {
      throw Unfinished.needsYou(
          folder + " is a link that leads out of the target's folder: remove it, then retry");
    }
  }

  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // nothing better can be had there
      return;
    }
  }
}
