package dev.sluice.upload;

import dev.sluice.ledger.DeliveryRow;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to put one file into a folder: written under a temporary name, forced, read back, then
 * linked to its final name. A file of the same content that stands there already counts as
 * delivered, so a try that was cut off after the link is not repeated as a second copy.
 */
final class FolderCopy {
  private static final int MAX_NAMES = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(FolderCopy.class);

  private final Path dir;
  private final DeliveryRow delivery;
  private final Blocks blocks;
  private final LongConsumer progress;

  /** What the source holds; null until it has been read. */
  private Blocks.Content content;

  FolderCopy(Path dir, DeliveryRow delivery, Blocks blocks, LongConsumer progress) {
    this.dir = dir.toAbsolutePath().normalize();
    this.delivery = delivery;
    this.blocks = blocks;
    this.progress = progress;
  }

  /** Blocks; never throws for what files and disks do. */
  Outcome run() {
    try {
      SourceFile source = SourceFile.of(delivery);
      DestinationFolder folder = DestinationFolder.make(dir, delivery.file());
      return deliver(source, folder);
    } catch (Unfinished e) {
      return e.outcome();
    } catch (IOException e) {
      return new Outcome.Retry(say(e));
    } catch (InvalidPathException e) {
      return new Outcome.NeedsYou("this machine cannot have such a name: " + e.getMessage());
    }
  }

  private Outcome deliver(SourceFile source, DestinationFolder folder)
      throws IOException, Unfinished {
    String name = source.path().getFileName().toString();
    Path temporary = folder.path().resolve(FileNames.temporary(name, delivery.id()));
    Files.deleteIfExists(temporary);
    try {
      Path place = place(source, folder, temporary);
      folder.force();
      return new Outcome.Done(place.toString(), content.bytes());
    } finally {
      remove(temporary);
    }
  }

  private Path place(SourceFile source, DestinationFolder folder, Path temporary)
      throws IOException, Unfinished {
    String name = source.path().getFileName().toString();
    for (int n = 1; n <= MAX_NAMES; n++) {
      String wanted = FileNames.numbered(name, n);
      Path place = folder.path().resolve(wanted);
      if (!folder.has(wanted)) {
        copyOnce(source, temporary);
        if (folder.rename(temporary, wanted)) {
          return place;
        }
      }
      if (holdsTheSame(place, source)) {
        return place;
      }
    }
    throw Unfinished.needsYou(
        folder.path() + " holds " + MAX_NAMES + " other files named like " + name + ": clear it");
  }

  private void copyOnce(SourceFile source, Path temporary) throws IOException, Unfinished {
    if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Blocks.Content sent = blocks.copy(source.path(), temporary, progress);
    source.checkUnchanged();
    if (sent.bytes() != source.bytes()) {
      throw Unfinished.retry(source.path() + " changed while it was being sent; it is sent again");
    }
    if (!blocks.read(temporary).equals(sent)) {
      throw Unfinished.retry(
          "what was read back from " + temporary.getParent() + " is not what was written there");
    }
    content = sent;
  }

  /** Only a regular file counts: a link might lead to anything, or away tomorrow. */
  private boolean holdsTheSame(Path place, SourceFile source) throws IOException, Unfinished {
    boolean sameSize =
        Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
            && Files.size(place) == source.bytes();
    if (!sameSize) {
      return false;
    }
    if (content == null) {
      content = blocks.read(source.path().toRealPath());
      source.checkUnchanged();
    }
    return blocks.read(place).equals(content);
  }

  /** A left temporary file is removed by the next try, so it is no reason to fail this one. */
  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", temporary, say(e));
    }
  }

  private static String say(IOException e) {
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + " is gone";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + e.getMessage();
    }
    boolean named = e instanceof FileSystemException;
    return named || e.getMessage() != null ? e.getMessage() : e.toString();
  }
}
