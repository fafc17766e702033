package dev.sluice.record;

import dev.sluice.file.RecordedTags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What stands in a left-over part of ours, read from the front. */
interface PartScan {
  /** Reads the whole file. */
  static PartScan of(FileChannel channel) throws IOException {
    return RecordedTags.isMp4(channel) ? Mp4PartScan.of(channel) : FlvPartScan.of(channel);
  }

  long videoFrames();

  long audioFrames();

  /** Time inside the file of the last frame. */
  long lastTagMs();

  default boolean isEmpty() {
    return videoFrames() + audioFrames() == 0;
  }

  /** Cuts it behind what is whole, writes duration and index, and forces it to the disk. */
  void mend(FileChannel channel) throws IOException;

  /** Writes all of it. */
  static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }
}
