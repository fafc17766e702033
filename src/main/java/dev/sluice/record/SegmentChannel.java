package dev.sluice.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a part. They are gathered in one buffer per thread until {@link #flush()}, so that
 * no memory is held per file. Written by one thread at a time; {@link #force()} may be called by
 * another.
 */
final class SegmentChannel implements Closeable {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final ThreadLocal<ByteBuffer> BATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BATCH_BYTES));

  private final Path part;
  private final FileChannel channel;
  private long written;
  private volatile IOException suspect;

  private SegmentChannel(Path part, FileChannel channel) {
    this.part = part;
    this.channel = channel;
  }

  /**
   * Creates the part, exclusively and empty.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the part is there already
   */
  static SegmentChannel create(Path part) throws IOException {
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    BATCH.get().clear();
    return new SegmentChannel(part, channel);
  }

  /** Bytes that the kernel has. */
  long written() {
    return written;
  }

  /** Room for a few bytes in the buffer; spills it if there is too little. */
  ByteBuffer room(int bytes) throws IOException {
    ByteBuffer batch = BATCH.get();
    if (batch.remaining() < bytes) {
      spill(batch);
    }
    return batch;
  }

  void put(ByteBuffer bytes) throws IOException {
    ByteBuffer piece = bytes.duplicate();
    while (piece.hasRemaining()) {
      ByteBuffer batch = room(1);
      int n = Math.min(batch.remaining(), piece.remaining());
      batch.put(piece.slice(piece.position(), n));
      piece.position(piece.position() + n);
    }
  }

  private void spill(ByteBuffer batch) throws IOException {
    batch.flip();
    try {
      while (batch.hasRemaining()) {
        written += channel.write(batch);
      }
    } finally {
      batch.clear();
    }
  }

  /** Gives everything to the kernel. */
  void flush() throws IOException {
    if (suspect != null) {
      throw new IOException("the disk refused to keep what was written", suspect);
    }
    ByteBuffer batch = BATCH.get();
    if (batch.position() > 0) {
      spill(batch);
    }
  }

  /** Writes over what the kernel has. */
  void patch(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Forces all of it to the disk. */
  void seal() throws IOException {
    channel.force(true);
  }

  /** Forces what the kernel has to the disk; from any thread. */
  void force() {
    try {
      channel.force(false);
    } catch (ClosedChannelException e) {
      // Closed meanwhile, and forced by seal().
    } catch (IOException e) {
      // A second fsync would succeed without the data: this file is never trusted again.
      suspect = e;
    }
  }

  /** Nothing of it is wanted. */
  void discard() throws IOException {
    close();
    Files.deleteIfExists(part);
  }

  @Override
  public void close() throws IOException {
    BATCH.get().clear();
    channel.close();
  }
}
