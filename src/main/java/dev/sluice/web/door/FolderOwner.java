package dev.sluice.web.door;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Gives what root made in another user's folder to that user: a command that was run with too much
 * power must not leave a data directory behind that its server cannot use. Blocks.
 */
public final class FolderOwner {
  private FolderOwner() {}

  /** Of the files that stand right in the folder; what cannot be given stays as it is. */
  public static void give(Path folder) throws IOException {
    PosixFileAttributeView view = view(folder);
    if (view == null) {
      return;
    }
    PosixFileAttributes wanted = view.readAttributes();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        give(file, wanted);
      }
    }
  }

  private static void give(Path file, PosixFileAttributes wanted) {
    try {
      PosixFileAttributeView view = view(file);
      PosixFileAttributes now = view.readAttributes();
      if (now.isRegularFile() && !now.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
        view.setGroup(wanted.group());
      }
    } catch (IOException e) {
      // It is another's, or gone: then nothing of ours is in the way.
    }
  }

  private static PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
