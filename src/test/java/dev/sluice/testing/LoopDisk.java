package dev.sluice.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An ext4 file system in a file, whose power can be cut: what is not on its disk is lost, as when a
 * plug is pulled. Needs root.
 */
public final class LoopDisk implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long BYTES = 128L * 1024 * 1024;

  /** EXT4_IOC_SHUTDOWN without a flush of the journal. */
  private static final String CUT =
      "open(my $d, '<', $ARGV[0]) or die $!; my $how = pack('I', 2);"
          + " ioctl($d, 0x8004587D, $how) or die $!;";

  private final Path image;
  private final Path folder;

  private LoopDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /** Makes one below this folder and mounts it. */
  public static LoopDisk make(Path below) {
    try {
      Path image = below.resolve("disk.img");
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(BYTES);
      }
      run("mkfs.ext4", "-q", "-F", image.toString());
      LoopDisk disk = new LoopDisk(image, Files.createDirectory(below.resolve("mounted")));
      disk.mount();
      return disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) {
    TestProcess.run(LIMIT, List.of(command));
  }

  private void mount() {
    run("mount", "-o", "loop", image.toString(), folder.toString());
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  /** From now on nothing reaches it any more, and what did not reach it is gone. */
  public void cutPower() {
    run("perl", "-e", CUT, folder.toString());
  }

  /** Power is back. Whatever had files open there must have ended. */
  public void restart() {
    run("umount", folder.toString());
    mount();
  }

  @Override
  public void close() {
    run("umount", "-l", folder.toString());
  }
}
