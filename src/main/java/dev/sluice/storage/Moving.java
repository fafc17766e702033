package dev.sluice.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a file another name on the same file system: never a copy, never over another file, never
 * through a symbolic link below the root. A crash leaves the old name, both, or the new one, and
 * doing it again ends it. Blocks.
 */
final class Moving {
  private Moving() {}

  /** What became of one file. */
  enum What {
    /** It has the new name, now or already. */
    MOVED,
    /** It has neither name. */
    MISSING,
    /** It is not what we wrote, and was left alone. */
    CHANGED,
    /** Another file has the new name, and it was left alone. */
    TAKEN
  }

  /**
   * @param bytes the size that it must have
   * @throws IOException when the disk fails; then it is worth trying again
   */
  static What move(Path root, Path from, Path to, Optional<Long> bytes) throws IOException {
    Optional<BasicFileAttributes> there = look(root, from);
    Optional<BasicFileAttributes> other = look(root, to);
    if (there.isEmpty()) {
      return other.isPresent() ? What.MOVED : What.MISSING;
    }
    if (!isOurs(there.get(), bytes)) {
      return What.CHANGED;
    }
    if (other.isPresent()) {
      return isSame(there.get(), other.get()) ? finish(from, to) : What.TAKEN;
    }
    makeFolders(root, to.getParent());
    return rename(from, to);
  }

  private static What rename(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
      return finish(from, to);
    } catch (FileAlreadyExistsException e) {
      return What.TAKEN;
    } catch (UnsupportedOperationException | IOException e) {
      // no hard links here: some shares, and files that belong to somebody else
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        return What.TAKEN;
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      force(to.getParent());
      return What.MOVED;
    }
  }

  /** Both names are the file's: the old one goes only when the new one is durable. */
  private static What finish(Path from, Path to) throws IOException {
    force(to.getParent());
    Files.deleteIfExists(from);
    force(from.getParent());
    return What.MOVED;
  }

  /** Whether what stands there is a plain file of the size that we wrote. */
  static boolean isOurs(BasicFileAttributes file, Optional<Long> bytes) {
    return file.isRegularFile() && bytes.map(size -> size == file.size()).orElse(true);
  }

  private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
    return one.fileKey() != null && one.fileKey().equals(other.fileKey());
  }

  /**
   * What stands at a path below the root; empty when nothing does.
   *
   * @throws IOException when a folder on the way is a symbolic link or no folder
   */
  static Optional<BasicFileAttributes> look(Path root, Path path) throws IOException {
    for (Path folder : foldersTo(root, path.getParent())) {
      if (!isFolder(folder)) {
        return Optional.empty();
      }
    }
    return attributes(path);
  }

  private static void makeFolders(Path root, Path folder) throws IOException {
    for (Path each : foldersTo(root, folder)) {
      if (!isFolder(each)) {
        Files.createDirectory(each);
      }
    }
  }

  /** From below the root, which may be a link itself, down to the folder. */
  private static List<Path> foldersTo(Path root, Path folder) {
    List<Path> folders = new ArrayList<>();
    for (Path at = folder; !at.equals(root); at = at.getParent()) {
      folders.add(0, at);
    }
    return folders;
  }

  /** Whether it is there; what is there and is no folder is refused. */
  private static boolean isFolder(Path path) throws IOException {
    Optional<BasicFileAttributes> there = attributes(path);
    if (there.isPresent() && !there.get().isDirectory()) {
      throw new NotFolder(path);
    }
    return there.isPresent();
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Makes names durable; some file systems refuse it, then there is nothing to be had. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // network and Windows file systems refuse to open a folder
    }
  }

  /** A symbolic link or a file stands where a folder should: it is not followed. */
  static final class NotFolder extends IOException {
    private static final long serialVersionUID = 1L;

    NotFolder(Path path) {
      super(path + " is no folder of its own and is not followed");
    }
  }
}
