package dev.sluice.web;

import dev.sluice.media.flv.FlvTag;
import java.io.IOException;
import java.util.function.Consumer;

/** The tags of a stretch of a recorded file, read bit by bit. Blocks; one thread at a time. */
interface PlayStretch {
  /**
   * Whether it begins and ends where it can, and is written up to there.
   *
   * @throws IOException when the file cannot be read
   */
  boolean isWhole() throws IOException;

  /**
   * Reads a little further.
   *
   * @return false at the end, when nothing was handed out
   */
  boolean read(Consumer<FlvTag> tags) throws IOException;

  /** When the picture behind the stretch is due inside the file, milliseconds; -1 for unknown. */
  long nextPictureMs() throws IOException;
}
