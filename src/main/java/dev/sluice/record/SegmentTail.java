package dev.sluice.record;

import dev.sluice.file.FrameLists;
import dev.sluice.file.RecordedTags;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FrameList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The last tags of finished files of ours, so that a recording can be joined on after a restart.
 */
final class SegmentTail {
  private static final int MAX_FILES = 16;
  private static final int MAX_TAGS = 4096;
  private static final long MAX_BYTES = 32L * 1024 * 1024;
  private static final long MAX_MS = 40_000;
  private static final int BLOCK = 64 * 1024;
  private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  private SegmentTail() {}

  /**
   * The closed files that hold the recording's last half minute or so, in order: a source may
   * repeat more than the last file alone holds. All are on one time line of the source.
   *
   * @param segments of one recording, in order
   */
  static List<SegmentRow> files(List<SegmentRow> segments) {
    Deque<SegmentRow> tail = new ArrayDeque<>();
    for (int i = segments.size() - 1; i >= 0 && tail.size() < MAX_FILES; i--) {
      SegmentRow segment = segments.get(i);
      if (segment.state() == SegmentRow.State.OPEN) {
        continue;
      }
      SegmentRow end = tail.isEmpty() ? segment : tail.getLast();
      if (segment.sourceOffsetMs() != end.sourceOffsetMs()
          || segment.endMs() < end.endMs() - MAX_MS) {
        break;
      }
      tail.addFirst(segment);
    }
    return List.copyOf(tail);
  }

  /** Hands out the frames of about the last half minute, in order. */
  static void read(Path file, Consumer<FlvTag> frames) throws IOException {
    Consumer<FlvTag> tags =
        tag -> {
          if (tag.isFrame()) {
            frames.accept(tag);
          }
        };
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (RecordedTags.isMp4(channel)) {
        readMp4(new FrameLists(channel), tags);
        return;
      }
      long from = walkBack(channel);
      FlvReader reader = RecordedTags.reader(tags);
      reader.accept(ByteBuffer.wrap(HEADER.clone()));
      for (long at = from; at < channel.size(); ) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        int n = channel.read(block, at);
        if (n < 0) {
          return;
        }
        at += n;
        reader.accept(block.flip());
      }
    } catch (FlvException e) {
      throw new IOException(file.getFileName() + " is not readable: " + e.getMessage(), e);
    }
  }

  /** Keeps where the lists of the last half minute stand, and reads those. */
  private static void readMp4(FrameLists lists, Consumer<FlvTag> tags) throws IOException {
    Deque<FrameList> tail = new ArrayDeque<>();
    long bytes = 0;
    Optional<FrameList> next = lists.at(lists.firstAt());
    while (next.isPresent()) {
      FrameList newest = next.get();
      tail.addLast(newest);
      bytes += newest.dataSize();
      while (tail.size() > 1
          && (bytes > MAX_BYTES || newest.startMs() - tail.getFirst().startMs() > MAX_MS)) {
        bytes -= tail.removeFirst().dataSize();
      }
      next = lists.at(newest.next());
    }
    for (FrameList list : tail) {
      lists.tags(list).forEach(tags);
    }
  }

  private static long walkBack(FileChannel channel) throws IOException {
    ByteBuffer field = ByteBuffer.allocate(FlvTag.HEADER_SIZE);
    long end = channel.size();
    long at = end;
    long newest = -1;
    for (int i = 0; i < MAX_TAGS && end - at < MAX_BYTES && at > HEADER.length; i++) {
      int previous = (int) number(channel, field, at - FlvTag.TRAILER_SIZE, 4, 0);
      long start = at - FlvTag.TRAILER_SIZE - previous;
      if (previous < FlvTag.HEADER_SIZE || start < HEADER.length) {
        return at;
      }
      long time = number(channel, field, start, FlvTag.HEADER_SIZE, 4);
      newest = Math.max(newest, time);
      if (newest - time > MAX_MS) {
        return at;
      }
      at = start;
    }
    return at;
  }

  /** Four bytes as a number, or the 32-bit time of a tag header when {@code timeAt} is not zero. */
  private static long number(FileChannel in, ByteBuffer field, long at, int size, int timeAt)
      throws IOException {
    field.clear().limit(size);
    while (field.hasRemaining()) {
      if (in.read(field, at + field.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    if (timeAt == 0) {
      return field.getInt(0);
    }
    return (field.get(timeAt + 3) & 0xFFL) << 24 | field.getInt(timeAt) >>> 8;
  }
}
