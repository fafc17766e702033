package dev.sluice.web;

import dev.sluice.file.RecordedTags;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Of FLV: from one tag to another. */
final class FlvStretch implements PlayStretch {
  private static final int READ = 128 * 1024;
  private static final int FRONT = 13;
  private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  private final FileChannel file;
  private final long from;
  private final long to;
  private final List<FlvTag> read = new ArrayList<>();
  private final FlvReader reader = RecordedTags.reader(read::add);
  private long at;

  FlvStretch(FileChannel file, long from, long to) throws IOException {
    this.file = file;
    this.from = from;
    this.at = from;
    this.to = to;
    feed(ByteBuffer.wrap(HEADER.clone()));
  }

  @Override
  public boolean isWhole() throws IOException {
    return from < to && to <= file.size() && endsAt(from) && endsAt(to);
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
    return bytes(position, 4).getInt();
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  @Override
  public boolean read(Consumer<FlvTag> tags) throws IOException {
    if (at >= to) {
      return false;
    }
    int length = (int) Math.min(READ, to - at);
    feed(bytes(at, length));
    at += length;
    read.forEach(tags);
    read.clear();
    return true;
  }

  private void feed(ByteBuffer bytes) throws IOException {
    try {
      reader.accept(bytes);
    } catch (FlvException e) {
      throw new IOException("the file is damaged near byte " + at + ": " + e.getMessage(), e);
    }
  }

  @Override
  public long nextPictureMs() throws IOException {
    if (to + FlvTag.HEADER_SIZE > file.size()) {
      return -1;
    }
    ByteBuffer head = bytes(to, FlvTag.HEADER_SIZE);
    long time = (head.get(7) & 0xFFL) << 24 | head.getInt(4) >>> 8;
    return (head.get(0) & 0x1F) == FlvTag.VIDEO ? time : -1;
  }
}
