package dev.sluice.web;

import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.Mp4Fragments;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;

/**
 * A stretch of an FLV file as a media segment, made piece by piece while it is sent: however long
 * it is, about two pieces are in memory. Everything here blocks; one thread at a time.
 */
final class PlayFragment {
  private static final int PIECE = 512 * 1024;
  private static final int READ = 128 * 1024;
  private static final int FRONT = 13;
  private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  private final FileChannel file;
  private final long to;
  private final long startMs;
  private final Mp4Fragments fragments;
  private final FlvReader reader;
  private long at;
  private boolean ended;

  private PlayFragment(FileChannel file, long startMs, long from, long to) {
    this.file = file;
    this.startMs = startMs;
    this.at = from;
    this.to = to;
    fragments = new Mp4Fragments(startMs, PIECE);
    reader =
        new FlvReader(
            new FlvReader.Sink() {
              @Override
              public void header(boolean audio, boolean video) {}

              @Override
              public void tag(FlvTag tag) {
                fragments.add(tag);
              }
            });
  }

  /**
   * Opens the file.
   *
   * @param from where a tag begins
   * @param to where a tag ends, and written up to there
   * @throws Refusal 410 when the file is gone, 404 when no tag begins or ends there
   */
  static PlayFragment open(SegmentRow segment, long from, long to) throws IOException {
    FileChannel file = channel(segment);
    try {
      PlayFragment fragment = new PlayFragment(file, segment.startMs(), from, to);
      if (from >= to || to > file.size() || !fragment.endsAt(from) || !fragment.endsAt(to)) {
        throw Refusal.notFound("fragment");
      }
      fragment.feed(ByteBuffer.wrap(HEADER.clone()));
      return fragment;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static FileChannel channel(SegmentRow segment) throws IOException {
    try {
      return PlayFiles.open(segment).channel();
    } catch (Refusal | NoSuchFileException e) {
      throw PlayRows.gone();
    }
  }

  /** Whether a tag, or the file's header, ends there: the length behind it must be its own. */
  private boolean endsAt(long position) throws IOException {
    if (position < FRONT) {
      return false;
    }
    long previous = number(position - FlvTag.TRAILER_SIZE) & 0xFFFFFFFFL;
    long start = position - FlvTag.TRAILER_SIZE - previous;
    return position == FRONT
        ? previous == 0
        : start >= FRONT && (number(start) & 0xFFFFFF) == previous - FlvTag.HEADER_SIZE;
  }

  private int number(long position) throws IOException {
    return read(position, 4).getInt();
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  /** The next piece; null at the end. */
  Buffer next() throws IOException {
    while (!fragments.isFull() && at < to) {
      int length = (int) Math.min(READ, to - at);
      feed(read(at, length));
      at += length;
    }
    if (at == to && !ended) {
      fragments.end(nextPictureMs());
      ended = true;
    }
    return fragments.isEmpty() && ended ? null : Buffer.buffer(fragments.take());
  }

  private void feed(ByteBuffer bytes) throws IOException {
    try {
      reader.accept(bytes);
    } catch (FlvException e) {
      throw new IOException("the file is damaged near byte " + at + ": " + e.getMessage(), e);
    }
  }

  /** So that the last picture lasts until the first one of the fragment behind; -1 for unknown. */
  private long nextPictureMs() throws IOException {
    if (to + FlvTag.HEADER_SIZE > file.size()) {
      return -1;
    }
    ByteBuffer head = read(to, FlvTag.HEADER_SIZE);
    long time = (head.get(7) & 0xFFL) << 24 | head.getInt(4) >>> 8;
    return (head.get(0) & 0x1F) == FlvTag.VIDEO ? startMs + time : -1;
  }

  Void close() throws IOException {
    file.close();
    return null;
  }
}
