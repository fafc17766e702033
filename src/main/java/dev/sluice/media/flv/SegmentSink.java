package dev.sluice.media.flv;

/** Where the files of a recording go. Called on the caller's thread, in order. */
public interface SegmentSink {
  /**
   * A new file begins.
   *
   * @param startMs on the recording's joined time line
   * @param video configuration to stand at its front, null for none
   * @param audio configuration to stand at its front, null for none
   */
  void open(long startMs, CodecConfig video, CodecConfig audio);

  /**
   * The next tag of the open file.
   *
   * @param timeMs inside this file, not negative
   */
  void write(FlvTag tag, long timeMs);

  /**
   * Size that the open file has or will have with all that was written, header and index included.
   */
  long size();

  /** The open file is complete. */
  void close(SegmentEnd end);

  /** Time that could not be had. */
  void gap(long atMs, long durationMs, String cause);

  /**
   * What stands in a closed file.
   *
   * @param startMs on the recording's joined time line
   * @param endMs on the recording's joined time line, the last frame's length included
   * @param videoFrames in the file
   * @param audioFrames in the file
   * @param lastTagMs time of the last tag inside the file
   */
  record SegmentEnd(long startMs, long endMs, long videoFrames, long audioFrames, long lastTagMs) {}
}
