package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.room.Container;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One media file being written. It can be read wherever it is cut. Written by one thread at a time;
 * {@link #force()} may be called by another.
 */
interface SegmentFile extends Closeable {
  /**
   * Creates the part, exclusively.
   *
   * @param video configuration of the pictures, null for none
   * @param audio configuration of the sound, null for none
   * @param room for what is written in front when the file is complete
   * @throws java.nio.file.FileAlreadyExistsException when the part is there already
   */
  static SegmentFile create(
      Container container, Path part, CodecConfig video, CodecConfig audio, IndexRoom room)
      throws IOException {
    return container == Container.MP4
        ? new Mp4SegmentFile(SegmentChannel.create(part), video, audio, room.bytes())
        : FlvSegmentFile.create(part, video, audio, room.entries());
  }

  /** Bytes with all that was given to {@link #write}. */
  long size();

  /**
   * The next tag.
   *
   * @param timeMs inside this file
   */
  void write(FlvTag tag, long timeMs) throws IOException;

  /** Gives the kernel what is ready, and now and then brings duration and size up to date. */
  void flush() throws IOException;

  /** Everything came: writes what is left, final duration and index, and forces all of it. */
  void seal() throws IOException;

  /** Forces what the kernel has to the disk; from any thread. */
  void force();
}
