package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.SegmentSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files that a repair writes. They have other names until all is done; what was not published
 * is removed by {@link #close}.
 */
final class RepairFiles implements SegmentSink, AutoCloseable {
  private static final int MAX_GAPS = 100_000;
  private static final String MP4 = ".mp4";

  private final Path out;
  private final boolean write;
  private final List<Path> parts = new ArrayList<>();
  private final List<SegmentEnd> ends = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final List<RepairReport.Gap> gaps = new ArrayList<>();
  private SegmentFile file;
  private long size;

  RepairFiles(Path out, boolean write) {
    this.out = out.toAbsolutePath();
    this.write = write;
  }

  @Override
  public void open(long startMs, CodecConfig video, CodecConfig audio) {
    size = 0;
    if (!write) {
      return;
    }
    Path part = out.resolveSibling(out.getFileName() + "." + (parts.size() + 1) + ".part");
    try {
      int entries = IndexRoom.of(Optional.empty(), Optional.empty()).entries();
      file = FlvSegmentFile.create(part, video, audio, entries);
      parts.add(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(FlvTag tag, long timeMs) {
    size += tag.fileSize();
    if (write) {
      try {
        file.write(tag, timeMs);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Before the thread does something else: what is gathered belongs to one file. */
  void flush() throws IOException {
    if (file != null) {
      file.flush();
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close(SegmentEnd end) {
    ends.add(end);
    try {
      if (write) {
        file.seal();
        size = file.size();
        file.close();
        file = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sizes.add(size);
  }

  @Override
  public void gap(long atMs, long durationMs, String cause) {
    if (gaps.size() < MAX_GAPS) {
      gaps.add(new RepairReport.Gap(atMs, durationMs, cause));
    }
  }

  List<RepairReport.Gap> gaps() {
    return List.copyOf(gaps);
  }

  /** Gives all files their names. */
  List<RepairReport.Written> publish() throws IOException {
    List<RepairReport.Written> written = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      Path wanted = Publishing.numbered(out, i + 1);
      Path path = write ? publish(parts.get(i), wanted) : wanted;
      SegmentEnd end = ends.get(i);
      long duration = end.endMs() - end.startMs();
      long bytes = write ? Files.size(path) : sizes.get(i);
      written.add(
          new RepairReport.Written(path, bytes, duration, end.videoFrames(), end.audioFrames()));
    }
    return written;
  }

  private Path publish(Path part, Path wanted) throws IOException {
    if (!wanted.toString().toLowerCase(Locale.ROOT).endsWith(MP4)) {
      return Publishing.publish(part, wanted);
    }
    Path movie = part.resolveSibling(part.getFileName() + MP4 + ".part");
    parts.add(movie);
    MovieFile.write(part, movie);
    return Publishing.publish(movie, wanted);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
    for (Path part : parts) {
      Files.deleteIfExists(part);
    }
  }
}
