package dev.sluice.file;

import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FrameList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * Walks through an MP4 of ours, from one list of frames to the next. Reads nothing but the lists,
 * and the data when it is asked for. Blocks; any thread.
 */
public final class FrameLists {
  private static final int BOX = 8;
  private static final int LARGE_BOX = 16;
  private static final int MOOF = 0x6D6F6F66;
  private static final int MFRA = 0x6D667261;
  private static final int MDAT = 0x6D646174;
  private static final int MOST_BOXES_BEFORE = 8;

  /** Of most pieces the list comes with the first read. */
  private static final int GUESS = 1024;

  private final FileChannel file;
  private final ByteBuffer first = ByteBuffer.allocate(GUESS);

  public FrameLists(FileChannel file) {
    this.file = file;
  }

  /** Where the first list of a file stands; -1 while there is none. */
  public long firstAt() throws IOException {
    long at = 0;
    for (int boxes = 0; boxes < MOST_BOXES_BEFORE; boxes++) {
      if (!fill(first.clear().limit(FrameList.FRONT), at)) {
        return -1;
      }
      if (FrameList.sizeOf(first) > 0) {
        return at;
      }
      long size = first.getInt(0) & 0xFFFFFFFFL;
      size = size == 1 ? first.getLong(BOX) : size;
      boolean plain = first.getInt(4) == MDAT;
      if (size < BOX) {
        return -1;
      }
      // In a file that was made plain the fragments are the data.
      at += plain ? first.getInt(0) == 1 ? LARGE_BOX : BOX : size;
    }
    return -1;
  }

  /** The list that stands there, if its data is there as a whole, too. */
  public Optional<FrameList> at(long position) throws IOException {
    long left = file.size() - position;
    if (position < 0 || left < FrameList.FRONT) {
      return Optional.empty();
    }
    if (!fill(first.clear().limit((int) Math.min(GUESS, left)), position)) {
      return Optional.empty();
    }
    int size = FrameList.sizeOf(first);
    if (size == 0 || size > left) {
      return Optional.empty();
    }
    ByteBuffer whole = first;
    if (size > first.limit()) {
      whole = ByteBuffer.allocate(size);
      fill(whole, position);
    }
    try {
      return Optional.of(FrameList.parse(whole.limit(size))).filter(list -> holds(position, list));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A later list stands further on, and the data inside of the file. */
  private boolean holds(long position, FrameList list) {
    try {
      return list.next() > position
          && list.dataAt() >= BOX
          && list.dataAt() + list.dataSize() <= file.size();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether what a list tells of stands behind it, byte for byte: a disk may not have kept it. */
  public boolean isPiece(long position, FrameList list) throws IOException {
    return isBox(MOOF, list.pieceAt(position))
        && isBox(MDAT, list.dataAt() - BOX)
        && list.isData(data(list));
  }

  /** Whether what stands behind all pieces stands there. */
  public boolean isIndex(long position) throws IOException {
    return isBox(MFRA, position);
  }

  private boolean isBox(int type, long at) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BOX);
    return fill(head, at) && head.getInt(4) == type;
  }

  /** The tags of a list, frames in the order of time. */
  public List<FlvTag> tags(FrameList list) throws IOException {
    return list.tags(data(list));
  }

  private ByteBuffer data(FrameList list) throws IOException {
    ByteBuffer data = ByteBuffer.allocate((int) list.dataSize());
    if (!fill(data, list.dataAt())) {
      throw new IOException("the file became shorter while it was read");
    }
    return data;
  }

  /** Reads until the limit; ready to be read from 0 on. */
  private boolean fill(ByteBuffer to, long at) throws IOException {
    while (to.hasRemaining()) {
      if (at < 0 || file.read(to, at + to.position()) < 0) {
        return false;
      }
    }
    to.flip();
    return true;
  }
}
