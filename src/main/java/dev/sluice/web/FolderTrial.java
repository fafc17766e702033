package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Finds out by writing whether a folder can take recordings. Blocks. */
final class FolderTrial {
  private FolderTrial() {}

  /**
   * What was found.
   *
   * @param problem why it cannot be written, as an English sentence; empty when it can
   * @param freeBytes -1 when unknown, as is the total
   */
  record Seen(
      Path folder,
      boolean exists,
      String problem,
      long freeBytes,
      long totalBytes,
      String fileSystem,
      String owner) {

    ObjectNode json() {
      return Json.NODES
          .objectNode()
          .put("recordings_dir", folder.toString())
          .put("exists", exists)
          .put("writable", problem.isEmpty())
          .put("problem", problem.isEmpty() ? null : problem)
          .put("free_bytes", freeBytes)
          .put("total_bytes", totalBytes)
          .put("file_system", fileSystem)
          .put("owner", owner);
    }
  }

  /** Leaves nothing behind: folders that were missing are made and taken away again. */
  static Seen of(Path folder) {
    boolean exists = Files.isDirectory(folder);
    Deque<Path> made = new ArrayDeque<>();
    try {
      make(folder, made);
      write(folder);
      return seen(folder, exists, "");
    } catch (IOException e) {
      return seen(folder, exists, sentence(e));
    } finally {
      made.forEach(FolderTrial::removeQuietly);
    }
  }

  private static void make(Path folder, Deque<Path> made) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    for (Path each : missing) {
      Files.createDirectory(each);
      made.push(each);
    }
  }

  private static void write(Path folder) throws IOException {
    Path file = folder.resolve(".sluice-" + UUID.randomUUID() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
      channel.force(true);
    }
  }

  private static Seen seen(Path folder, boolean exists, String problem) {
    Path at = folder;
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    try {
      FileStore store = Files.getFileStore(at);
      return new Seen(
          folder,
          exists,
          problem,
          store.getUsableSpace(),
          store.getTotalSpace(),
          store.type(),
          Files.getOwner(at).getName());
    } catch (IOException | UnsupportedOperationException e) {
      return new Seen(folder, exists, problem, -1, -1, "", "");
    }
  }

  private static String sentence(IOException e) {
    return e instanceof AccessDeniedException
        ? "the server may not write there; give its user the right to"
        : "it cannot be written: " + e.getMessage();
  }

  private static void removeQuietly(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // somebody has put something into it meanwhile
      return;
    }
  }
}
