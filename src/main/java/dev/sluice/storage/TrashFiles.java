package dev.sluice.storage;

import dev.sluice.storage.Moving.What;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of one recording on their way into the trash, out of it, or away. Each step may be done
 * again after a crash. What is not as we wrote it is left alone and told. Blocks.
 */
final class TrashFiles {
  private final long recording;
  private final List<StoredFile> files;

  TrashFiles(long recording, List<StoredFile> files) {
    this.recording = recording;
    this.files = List.copyOf(files);
  }

  /**
   * What came of a step.
   *
   * @param done files that are where they were wanted
   * @param left one sentence for each file that was left alone
   */
  record Result(int done, List<String> left) {
    static final Result NONE = new Result(0, List.of());

    Result {
      left = List.copyOf(left);
    }
  }

  /** What to do with one file. */
  private interface Step {
    What take(StoredFile file) throws IOException, StoredFile.Outside;
  }

  /**
   * @throws IOException when a disk fails or is not there; it is worth trying again
   */
  Result toTrash() throws IOException {
    return each(
        file -> Moving.move(file.root(), file.inPlace(), file.inTrash(recording), file.bytes()),
        "the trash");
  }

  /** Likewise, the other way; folders left empty in the trash go. */
  Result back() throws IOException {
    Result result =
        each(
            file -> Moving.move(file.root(), file.inTrash(recording), file.inPlace(), file.bytes()),
            "its place");
    prune();
    return result;
  }

  /**
   * The file whose place another one has taken, so that it cannot come back.
   *
   * @throws IOException when a disk fails or is not there
   */
  Optional<Path> taken() throws IOException {
    for (StoredFile file : files) {
      checkThere(file.root());
      try {
        Optional<BasicFileAttributes> here = Moving.look(file.root(), file.inTrash(recording));
        Optional<BasicFileAttributes> there = Moving.look(file.root(), file.inPlace());
        boolean same =
            here.isPresent()
                && there.isPresent()
                && here.get().fileKey() != null
                && here.get().fileKey().equals(there.get().fileKey());
        if (here.isPresent() && there.isPresent() && !same) {
          return Optional.of(file.inPlace());
        }
      } catch (StoredFile.Outside | Moving.NotFolder e) {
        // told when it is its turn
      }
    }
    return Optional.empty();
  }

  /**
   * Removes what lies in the trash, for good.
   *
   * @throws IOException when a disk fails or is not there
   */
  Result remove() throws IOException {
    Result result = each(this::remove, "the trash");
    prune();
    return result;
  }

  private What remove(StoredFile file) throws IOException, StoredFile.Outside {
    Path path = file.inTrash(recording);
    Optional<BasicFileAttributes> there = Moving.look(file.root(), path);
    if (there.isPresent() && !Moving.isOurs(there.get(), file.bytes())) {
      return What.CHANGED;
    }
    Files.deleteIfExists(path);
    return What.MOVED;
  }

  private Result each(Step step, String where) throws IOException {
    int done = 0;
    List<String> left = new ArrayList<>();
    for (StoredFile file : files) {
      checkThere(file.root());
      try {
        What what = step.take(file);
        if (what == What.MOVED) {
          done++;
        } else {
          left.add(said(file, what, where));
        }
      } catch (StoredFile.Outside | Moving.NotFolder e) {
        left.add(file.file() + " was left alone: " + e.getMessage());
      }
    }
    return new Result(done, left);
  }

  private static String said(StoredFile file, What what, String where) {
    return switch (what) {
      case MISSING -> file.file() + " is missing";
      case CHANGED -> file.file() + " is not as it was recorded and was left alone";
      case TAKEN -> file.file() + " was left alone: another file has its name in " + where;
      case MOVED -> throw new IllegalArgumentException("nothing was left");
    };
  }

  /**
   * Below a mount point whose disk is not there all files seem to be missing. Every root on which
   * something was recorded has our folder.
   */
  private static void checkThere(Path root) throws IOException {
    if (!Files.isDirectory(root.resolve(StoredFile.OURS))) {
      throw new NoSuchFileException(
          "the recordings folder " + root + " is not there: is its disk mounted?");
    }
  }

  /** Folders of this recording in the trash that hold nothing any more, from the innermost out. */
  private void prune() {
    for (StoredFile file : files) {
      Path top = StoredFile.trashOf(file.root(), recording);
      try {
        Path folder = file.inTrash(recording).getParent();
        while (folder.startsWith(top)) {
          if (Moving.look(file.root(), folder)
              .filter(BasicFileAttributes::isDirectory)
              .isPresent()) {
            Files.delete(folder);
          }
          folder = folder.getParent();
        }
      } catch (DirectoryNotEmptyException e) {
        // another file of it, which was left alone
      } catch (IOException | StoredFile.Outside e) {
        // an empty folder more does no harm
      }
    }
  }
}
