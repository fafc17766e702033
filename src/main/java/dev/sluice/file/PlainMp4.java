package dev.sluice.file;

import dev.sluice.media.mp4.FrameList;
import dev.sluice.media.mp4.Mp4Counts;
import dev.sluice.media.mp4.Mp4Tracks;
import dev.sluice.media.mp4.PlainFront;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Makes a recorded MP4 in fragments a plain one, in its place. Until the very last write, of eight
 * bytes, the file is what it was; doing it twice changes nothing. Blocks.
 */
public final class PlainMp4 {
  private static final int BOX = 8;
  private static final int FREE = 0x66726565;
  private static final int MOOV = 0x6D6F6F76;
  private static final int LARGEST_ROOM = 1 << 28;

  private final FileChannel file;
  private final long roomAt;
  private final int room;

  /** How it went. */
  public enum Outcome {
    DONE,
    /** It was plain already. */
    WAS_PLAIN,
    /** It stays in fragments: the room in front is too small for its tables. */
    NO_ROOM,
    /** It stays in fragments: it does not hold the frames that were counted. */
    DIFFERS
  }

  private PlainMp4(FileChannel file, long roomAt, int room) {
    this.file = file;
    this.roomAt = roomAt;
    this.room = room;
  }

  /**
   * @param pictures that were counted when the file was written
   * @param sounds that were counted when the file was written
   */
  public static Outcome make(Path path, long pictures, long sounds) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long roomAt = box(file, 0).getInt(0);
      ByteBuffer second = box(file, roomAt);
      if (second.getInt(4) == MOOV) {
        return Outcome.WAS_PLAIN;
      }
      if (second.getInt(4) != FREE || second.getInt(0) > LARGEST_ROOM) {
        return Outcome.NO_ROOM;
      }
      return new PlainMp4(file, roomAt, second.getInt(0)).make(pictures, sounds);
    }
  }

  private Outcome make(long pictures, long sounds) throws IOException {
    FrameLists lists = new FrameLists(file);
    Optional<FrameList> list = lists.at(lists.firstAt());
    if (list.isEmpty()) {
      return Outcome.DIFFERS;
    }
    PlainFront front = new PlainFront(Mp4Tracks.of(lists.tags(list.get())));
    while (list.isPresent()) {
      if (!front.add(list.get())) {
        return Outcome.NO_ROOM;
      }
      list = lists.at(list.get().next());
    }
    if (front.pictures() != pictures || front.sounds() != sounds) {
      return Outcome.DIFFERS;
    }
    ByteBuffer bytes = front.fill(room, file.size() - roomAt - room);
    return bytes.hasRemaining() ? write(bytes, pictures, sounds) : Outcome.NO_ROOM;
  }

  /** All but the box's head first: until that is written, what is new stands in a free box. */
  private Outcome write(ByteBuffer bytes, long pictures, long sounds) throws IOException {
    write(bytes.slice(BOX, room - BOX), roomAt + BOX);
    file.force(true);
    ByteBuffer tables = ByteBuffer.allocate(bytes.getInt(0));
    read(tables, roomAt);
    tables.put(0, bytes.array(), 0, BOX);
    Mp4Counts counts = Mp4Counts.of(tables);
    if (counts.pictures() != pictures
        || counts.sounds() != sounds
        || counts.dataEnd() > file.size()) {
      return Outcome.DIFFERS;
    }
    write(bytes.slice(0, BOX), roomAt);
    file.force(true);
    return Outcome.DONE;
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes, at + bytes.position());
    }
  }

  private void read(ByteBuffer to, long at) throws IOException {
    while (to.hasRemaining()) {
      if (file.read(to, at + to.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    to.flip();
  }

  private static ByteBuffer box(FileChannel file, long at) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BOX);
    while (head.hasRemaining() && file.read(head, at + head.position()) >= 0) {}
    return head;
  }
}
