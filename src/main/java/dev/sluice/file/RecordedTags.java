package dev.sluice.file;

import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FrameList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** The tags of a recorded file of ours, whatever its container is. Blocks; any thread. */
public final class RecordedTags {
  private static final int BLOCK = 256 * 1024;
  private static final int FTYP = 0x66747970;

  private RecordedTags() {}

  /**
   * Hands out all of them in order.
   *
   * @throws IOException with a sentence for the user when the file cannot be read or understood
   */
  public static void read(Path file, Consumer<FlvTag> tags) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      if (isMp4(in)) {
        readMp4(in, tags);
      } else {
        readFlv(in, tags);
      }
    } catch (FlvException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  /** By its first bytes: a part has a name of its own. */
  public static boolean isMp4(FileChannel file) throws IOException {
    ByteBuffer front = ByteBuffer.allocate(8);
    while (front.hasRemaining() && file.read(front, front.position()) >= 0) {}
    return !front.hasRemaining() && front.getInt(4) == FTYP;
  }

  private static void readMp4(FileChannel in, Consumer<FlvTag> tags) throws IOException {
    FrameLists lists = new FrameLists(in);
    Optional<FrameList> list = lists.at(lists.firstAt());
    while (list.isPresent()) {
      lists.tags(list.get()).forEach(tags);
      list = lists.at(list.get().next());
    }
  }

  private static void readFlv(FileChannel in, Consumer<FlvTag> tags)
      throws IOException, FlvException {
    FlvReader reader = reader(tags);
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (in.read(block) >= 0) {
      reader.accept(block.flip());
      block = ByteBuffer.allocate(BLOCK);
    }
    reader.end();
  }

  /** A reader of FLV that hands out its tags. */
  public static FlvReader reader(Consumer<FlvTag> tags) {
    return new FlvReader(
        new FlvReader.Sink() {
          @Override
          public void header(boolean audio, boolean video) {}

          @Override
          public void tag(FlvTag tag) {
            tags.accept(tag);
          }
        });
  }
}
