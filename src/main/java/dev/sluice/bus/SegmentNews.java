package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/**
 * Something happened to a segment.
 *
 * @param room which room
 * @param epoch which attempt
 * @param recording row id of the recording
 * @param segment row id of the segment
 * @param index its place in the recording, from 1
 * @param file path relative to the recordings root
 * @param bytes size of the file
 * @param what what happened
 */
public record SegmentNews(
    RoomKey room,
    long epoch,
    long recording,
    long segment,
    int index,
    String file,
    long bytes,
    What what) {

  /** Moments of a segment. */
  public enum What {
    OPENED,
    CLOSED,
    READY
  }
}
