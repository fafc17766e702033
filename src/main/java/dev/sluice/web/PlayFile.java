package dev.sluice.web;

import dev.sluice.media.mp4.Mp4Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * What has to be known of one file to play it: its tracks, and where its key frames stand. Blocks;
 * any thread.
 */
interface PlayFile {
  /** Enough for a day of key frames every second; what comes later is one long fragment. */
  int MAX_KEYS = 100_000;

  /**
   * As far as the file is written.
   *
   * @param times of key frames inside the file, milliseconds; the first entry is the first frame
   * @param positions where their fragments begin
   * @param end behind the last whole tag or piece
   */
  record Known(Mp4Tracks tracks, long[] times, long[] positions, long end) {}

  /**
   * Reads what is new.
   *
   * @param complete whether the file grows no more
   */
  Known read(FileChannel file, boolean complete) throws IOException;
}
