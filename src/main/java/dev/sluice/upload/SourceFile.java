package dev.sluice.upload;

import dev.sluice.ledger.DeliveryRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * The finished file as it stands at one moment: equal to a later look only if nobody touched it.
 *
 * @param path absolute
 * @param bytes size
 * @param modified last change
 * @param key the file system's own name for it, where it has one
 */
record SourceFile(Path path, long bytes, FileTime modified, Optional<Object> key) {

  /** Looks at the file of a delivery. */
  static SourceFile of(DeliveryRow delivery) throws IOException, Unfinished {
    Path path = delivery.root().resolve(delivery.file()).normalize();
    if (!path.startsWith(delivery.root().normalize())) {
      throw Unfinished.needsYou(path + " lies outside of " + delivery.root() + " and is not sent");
    }
    if (!Files.isDirectory(delivery.root())) {
      throw Unfinished.retry(
          "the recordings folder " + delivery.root() + " is not there: is its disk mounted?");
    }
    SourceFile file = look(path);
    // the size of a coverage file is not known beforehand
    if (delivery.segment() != 0 && file.bytes != delivery.bytes()) {
      throw Unfinished.needsYou(
          path
              + " has "
              + file.bytes
              + " bytes but had "
              + delivery.bytes()
              + " when it was recorded: put the whole file back, then retry");
    }
    return file;
  }

  /** Fails if the file is no longer what it was. */
  void checkUnchanged() throws IOException, Unfinished {
    if (!look(path).equals(this)) {
      throw Unfinished.retry(path + " changed while it was being sent; it is sent again");
    }
  }

  private static SourceFile look(Path path) throws IOException, Unfinished {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw Unfinished.needsYou(path + " is not a regular file and is not sent");
      }
      return new SourceFile(
          path, now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey()));
    } catch (NoSuchFileException e) {
      throw Unfinished.needsYou(path + " is missing: put it back, then retry");
    }
  }
}
