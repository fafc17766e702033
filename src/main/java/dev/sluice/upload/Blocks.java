package dev.sluice.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Reads and copies files block by block and can be stopped between two blocks. For one thread,
 * except {@link #stop()}.
 */
final class Blocks {
  private static final int BLOCK_BYTES = 256 * 1024;

  /** Forced so often, so that no force takes long and little of the page cache is dirty. */
  private static final long FORCE_EVERY_BYTES = 16L * 1024 * 1024;

  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile boolean stopped;
  private ByteBuffer block;

  /**
   * What is in a file.
   *
   * @param bytes how much
   * @param sha256 in hexadecimal
   */
  record Content(long bytes, String sha256) {}

  /** Ends the running work and all later work as stopped. */
  void stop() {
    stopped = true;
  }

  /** Reads a file; a symbolic link is not followed. */
  Content read(Path file) throws IOException, Unfinished {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return walk(in, null, bytes -> {});
    }
  }

  /** Copies a file into a new one, forced to the disk, and tells what was read. */
  Content copy(Path from, Path to, LongConsumer progress) throws IOException, Unfinished {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      Content content = walk(in, out, progress);
      out.force(true);
      return content;
    }
  }

  private Content walk(FileChannel in, FileChannel out, LongConsumer progress)
      throws IOException, Unfinished {
    MessageDigest digest = sha256();
    long bytes = 0;
    long forced = 0;
    long reported = System.nanoTime();
    while (fill(in)) {
      digest.update(block.duplicate());
      bytes += block.remaining();
      if (out == null) {
        continue;
      }
      while (block.hasRemaining()) {
        out.write(block);
      }
      if (bytes - forced >= FORCE_EVERY_BYTES) {
        out.force(false);
        forced = bytes;
      }
      if (System.nanoTime() - reported >= REPORT_EVERY_NANOS) {
        progress.accept(bytes);
        reported = System.nanoTime();
      }
    }
    return new Content(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private boolean fill(FileChannel in) throws IOException, Unfinished {
    if (stopped) {
      throw Unfinished.stopped();
    }
    if (block == null) {
      block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    }
    int read = in.read(block.clear());
    block.flip();
    return read >= 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
