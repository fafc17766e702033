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
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a recording, in finished files of ours, so that it can be joined on after a restart:
 * the last half minute or so, and back to a key frame, for with that a source begins anew. Blocks.
 */
final class SegmentTail {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTail.class);
  private static final int MAX_FILES = 256;
  private static final int MAX_TAGS = 50_000;
  private static final long MAX_BYTES = 256L * 1024 * 1024;
  private static final long ENOUGH_MS = 40_000;
  private static final long MAX_MS = 600_000;
  private static final int BLOCK = 64 * 1024;
  private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

  /** Enough of a tag to know whether it is a key frame. */
  private static final int PEEKED = FlvTag.HEADER_SIZE + 24;

  private final Deque<Part> parts = new ArrayDeque<>();
  private long endMs = -1;
  private int tags;
  private long bytes;
  private boolean key;
  private boolean video;
  private boolean complete;

  private SegmentTail() {}

  /**
   * A file of which the end belongs to the tail.
   *
   * @param from where in the file it begins
   */
  private record Part(SegmentRow segment, long from) {}

  /** Takes the frames of the tail, in order. */
  interface Frames {
    void frame(SegmentRow segment, FlvTag tag);
  }

  /** The newest closed segment, after which a recording goes on; empty when there is none. */
  static Optional<SegmentRow> newest(List<SegmentRow> segments) {
    return segments.stream()
        .filter(segment -> segment.state() != SegmentRow.State.OPEN)
        .reduce((before, after) -> after);
  }

  /**
   * Reads the tail. A file that cannot be read is passed over, with a line in the log.
   *
   * @param segments of one recording, in order
   */
  static void read(List<SegmentRow> segments, Frames frames) {
    SegmentTail tail = new SegmentTail();
    for (SegmentRow segment : files(segments)) {
      if (!tail.complete) {
        tail.tryWalk(segment);
      }
    }
    for (Part part : tail.parts) {
      try {
        read(part, tag -> frames.frame(part.segment(), tag));
      } catch (IOException e) {
        LOG.warn("cannot join on the file before: {}", e.getMessage());
      }
    }
  }

  /** The closed files on one time line of the source, the newest first. */
  private static List<SegmentRow> files(List<SegmentRow> segments) {
    List<SegmentRow> files = new ArrayList<>();
    for (int i = segments.size() - 1; i >= 0 && files.size() < MAX_FILES; i--) {
      SegmentRow segment = segments.get(i);
      if (segment.state() == SegmentRow.State.OPEN) {
        continue;
      }
      SegmentRow newest = files.isEmpty() ? segment : files.get(0);
      if (segment.sourceOffsetMs() != newest.sourceOffsetMs()) {
        break;
      }
      files.add(segment);
    }
    return files;
  }

  private void tryWalk(SegmentRow segment) {
    try (FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.READ)) {
      boolean mp4 = RecordedTags.isMp4(channel);
      long from = mp4 ? walkMp4(channel, segment) : walkFlv(channel, segment);
      parts.addFirst(new Part(segment, from));
    } catch (IOException e) {
      LOG.warn("cannot join on the file before: {}", e.getMessage());
    }
  }

  /** Backwards; takes one more, and says whether that was enough. */
  private void take(long timeMs, boolean isVideo, boolean isKey, int count, long size) {
    endMs = Math.max(endMs, timeMs);
    video |= isVideo;
    key |= isKey;
    tags += count;
    bytes += size;
    boolean enough = endMs - timeMs > ENOUGH_MS && (key || !video);
    complete = enough || endMs - timeMs > MAX_MS || tags > MAX_TAGS || bytes > MAX_BYTES;
  }

  private long walkFlv(FileChannel channel, SegmentRow segment) throws IOException {
    long at = channel.size();
    while (at > HEADER.length && !complete) {
      int previous = bytes(channel, at - FlvTag.TRAILER_SIZE, FlvTag.TRAILER_SIZE).getInt(0);
      long start = at - FlvTag.TRAILER_SIZE - previous;
      if (previous < FlvTag.HEADER_SIZE || start < HEADER.length) {
        return at;
      }
      FlvTag tag = peek(bytes(channel, start, Math.min(PEEKED, previous)));
      take(segment.startMs() + tag.time(), tag.isVideo(), tag.isKeyFrame(), 1, previous);
      at = start;
    }
    return at;
  }

  private static FlvTag peek(ByteBuffer head) {
    int type = head.get(0) & 0x1F;
    long time = (head.get(7) & 0xFFL) << 24 | head.getInt(4) >>> 8;
    ByteBuffer payload = head.slice(FlvTag.HEADER_SIZE, head.limit() - FlvTag.HEADER_SIZE);
    return new FlvTag(type, time, List.of(payload));
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private long walkMp4(FileChannel channel, SegmentRow segment) throws IOException {
    FrameLists lists = new FrameLists(channel);
    List<Long> places = new ArrayList<>();
    long at = lists.firstAt();
    Optional<FrameList> list = lists.at(at);
    while (list.isPresent()) {
      places.add(at);
      at = list.get().next();
      list = lists.at(at);
    }
    Collections.reverse(places);
    long from = at;
    for (long place : places) {
      if (complete) {
        break;
      }
      FrameList piece = lists.at(place).orElseThrow(() -> new IOException("it changed meanwhile"));
      boolean pictures = piece.pictureMs() >= 0;
      long time = segment.startMs() + piece.startMs();
      take(time, pictures, piece.isKey(true), piece.entries().size(), piece.dataSize());
      from = place;
    }
    return from;
  }

  private static void read(Part part, Consumer<FlvTag> frames) throws IOException {
    Consumer<FlvTag> tags =
        tag -> {
          if (tag.isFrame()) {
            frames.accept(tag);
          }
        };
    try (FileChannel channel = FileChannel.open(part.segment().path(), StandardOpenOption.READ)) {
      if (RecordedTags.isMp4(channel)) {
        readMp4(new FrameLists(channel), part.from(), tags);
      } else {
        readFlv(channel, part.from(), tags);
      }
    } catch (FlvException e) {
      throw new IOException(part.segment().file() + " is not readable: " + e.getMessage(), e);
    }
  }

  private static void readMp4(FrameLists lists, long from, Consumer<FlvTag> tags)
      throws IOException {
    Optional<FrameList> list = lists.at(from);
    while (list.isPresent()) {
      lists.tags(list.get()).forEach(tags);
      list = lists.at(list.get().next());
    }
  }

  private static void readFlv(FileChannel channel, long from, Consumer<FlvTag> tags)
      throws IOException, FlvException {
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
  }
}
