package dev.sluice.record;

import dev.sluice.file.RecordedTags;
import dev.sluice.media.mp4.Mp4Counts;
import dev.sluice.media.mp4.Mp4Movie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a plain MP4 from an FLV file of ours, and reads back that all of it is there. Blocks. */
final class MovieFile {
  private MovieFile() {}

  /**
   * Both stay; nothing is left of the MP4 when it fails.
   *
   * @param mp4 created exclusively
   * @throws IOException with a sentence for the user
   */
  static void write(Path flv, Path mp4) throws IOException {
    Mp4Movie movie = new Mp4Movie();
    boolean[] fits = {true};
    RecordedTags.read(flv, tag -> fits[0] &= movie.measure(tag));
    if (!fits[0]) {
      throw new IOException(flv.getFileName() + " is too long for one MP4: split it by time first");
    }
    FileChannel out =
        FileChannel.open(
            mp4, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (out) {
      fill(flv, movie, out);
    } catch (UncheckedIOException e) {
      Files.deleteIfExists(mp4);
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(mp4);
      throw e;
    }
  }

  private static void fill(Path flv, Mp4Movie movie, FileChannel out) throws IOException {
    movie.head().forEach(bytes -> writeAll(out, bytes));
    RecordedTags.read(flv, tag -> movie.data(tag, bytes -> writeAll(out, bytes)));
    movie.end(bytes -> writeAll(out, bytes));
    out.force(true);
    check(out, movie);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the disk gives back decides, not what was given to it. */
  private static void check(FileChannel file, Mp4Movie movie) throws IOException {
    ByteBuffer box = ByteBuffer.allocate(8);
    readAt(file, box, 0);
    long moovAt = box.getInt(0);
    readAt(file, box.clear(), moovAt);
    ByteBuffer moov = ByteBuffer.allocate(box.getInt(0));
    readAt(file, moov, moovAt);
    Mp4Counts counts = Mp4Counts.of(moov.flip());
    if (counts.pictures() != movie.pictures()
        || counts.sounds() != movie.sounds()
        || counts.dataEnd() != file.size()) {
      throw new IOException("the MP4 does not hold what was written to it: " + counts);
    }
  }

  private static void readAt(FileChannel file, ByteBuffer to, long at) throws IOException {
    while (to.hasRemaining()) {
      if (file.read(to, at + to.position()) < 0) {
        throw new IOException("the MP4 is shorter than what was written to it");
      }
    }
  }
}
