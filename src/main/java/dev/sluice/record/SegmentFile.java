package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvHead;
import dev.sluice.media.flv.FlvMeasure;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.KeyFrameIndex;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One FLV file being written. Tags are gathered in one buffer per thread and written when the
 * caller says {@link #flush()}, which it does before it leaves its handler; so what stands in the
 * file are whole tags, and no memory is held per file. Written by one thread at a time; {@link
 * #force()} may be called by another.
 */
final class SegmentFile implements Closeable {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final long PATCH_EVERY_MS = 2000;
  private static final ThreadLocal<ByteBuffer> BATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BATCH_BYTES));

  private final Path part;
  private final FileChannel channel;
  private final FlvHead head;
  private final KeyFrameIndex index;
  private final FlvMeasure measure;
  private final boolean audioOnly;
  private long size;
  private long written;
  private long patchedMs;
  private volatile IOException suspect;

  private SegmentFile(
      Path part, FileChannel channel, FlvHead head, KeyFrameIndex index, CodecConfig video) {
    this.part = part;
    this.channel = channel;
    this.head = head;
    this.index = index;
    this.measure = new FlvMeasure(video);
    this.audioOnly = video == null;
  }

  /**
   * Creates the part, exclusively, with its front.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the part is there already
   */
  static SegmentFile create(Path part, CodecConfig video, CodecConfig audio, int indexEntries)
      throws IOException {
    KeyFrameIndex index = new KeyFrameIndex(indexEntries);
    FlvHead head = new FlvHead(video, audio, index);
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    SegmentFile file = new SegmentFile(part, channel, head, index, video);
    file.size = head.size();
    BATCH.get().clear();
    try {
      file.writeFully(ByteBuffer.wrap(head.bytes()));
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(part);
      throw e;
    }
    return file;
  }

  Path part() {
    return part;
  }

  /** Bytes with all that was given to {@link #write}. */
  long size() {
    return size;
  }

  /** Whole tags that the kernel has. */
  long written() {
    return written;
  }

  void write(FlvTag tag, long timeMs) throws IOException {
    if (tag.isKeyFrame() || audioOnly) {
      index.add(timeMs, size);
    }
    measure.add(tag, timeMs, size);
    ByteBuffer batch = BATCH.get();
    room(batch, FlvTag.HEADER_SIZE);
    FlvHead.putTagHeader(batch, tag.type(), tag.size(), timeMs);
    for (ByteBuffer piece : tag.pieces()) {
      putPiece(batch, piece.duplicate());
    }
    room(batch, FlvTag.TRAILER_SIZE);
    batch.putInt(FlvTag.HEADER_SIZE + tag.size());
    size += tag.fileSize();
  }

  private void putPiece(ByteBuffer batch, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      room(batch, 1);
      int n = Math.min(batch.remaining(), piece.remaining());
      batch.put(piece.slice(piece.position(), n));
      piece.position(piece.position() + n);
    }
  }

  private void room(ByteBuffer batch, int bytes) throws IOException {
    if (batch.remaining() < bytes) {
      spill(batch);
    }
  }

  private void spill(ByteBuffer batch) throws IOException {
    batch.flip();
    try {
      writeFully(batch);
    } finally {
      batch.clear();
    }
  }

  /** Gives everything to the kernel, and now and then brings duration and size up to date. */
  void flush() throws IOException {
    if (suspect != null) {
      throw new IOException("the disk refused to keep what was written", suspect);
    }
    ByteBuffer batch = BATCH.get();
    if (batch.position() > 0) {
      spill(batch);
    }
    if (measure.lastMs() - patchedMs >= PATCH_EVERY_MS) {
      patchMeasure();
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
  }

  private void patchMeasure() throws IOException {
    patchedMs = measure.lastMs();
    patch(measure.encode(written), head.measuredAt());
  }

  private void patch(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Writes final duration, size and index, and forces all of it to the disk. */
  void seal() throws IOException {
    flush();
    patchMeasure();
    patch(FlvHead.index(index), head.indexAt());
    channel.force(true);
  }

  /** Forces what the kernel has to the disk; from any thread. */
  void force() {
    try {
      channel.force(false);
    } catch (java.nio.channels.ClosedChannelException e) {
      // Closed meanwhile, and forced by seal().
    } catch (IOException e) {
      // A second fsync would succeed without the data: this file is never trusted again.
      suspect = e;
    }
  }

  @Override
  public void close() throws IOException {
    BATCH.get().clear();
    channel.close();
  }
}
