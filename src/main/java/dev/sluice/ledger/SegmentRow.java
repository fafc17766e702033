package dev.sluice.ledger;

import dev.sluice.room.RoomKey;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One media file of a recording.
 *
 * @param id row id, 0 before it is entered
 * @param recording row id of its recording
 * @param room which room
 * @param epoch the attempt that wrote it
 * @param index place in the recording, from 1
 * @param root recordings root
 * @param part path of the unfinished file relative to the root
 * @param file path of the finished file relative to the root
 * @param state where it stands
 * @param bytes size of the finished file
 * @param videoFrames frames in it
 * @param audioFrames frames in it
 * @param startMs on the recording's joined time line
 * @param endMs on the recording's joined time line
 * @param sourceOffsetMs source time minus joined time, for joining on after a restart
 * @param openedAt when it was opened
 */
public record SegmentRow(
    long id,
    long recording,
    RoomKey room,
    long epoch,
    int index,
    Path root,
    String part,
    String file,
    State state,
    long bytes,
    long videoFrames,
    long audioFrames,
    long startMs,
    long endMs,
    long sourceOffsetMs,
    Instant openedAt) {

  /** Where a segment stands. */
  public enum State {
    /** Its part is being written, or was when the program died. */
    OPEN,
    /** Final name, complete. */
    CLOSED,
    /** Finished: may be delivered. */
    READY
  }

  /** The finished file. */
  public Path path() {
    return root.resolve(file);
  }

  /** The unfinished file. */
  public Path partPath() {
    return root.resolve(part);
  }

  /** As it was entered, with its row id. */
  public SegmentRow withId(long entered) {
    return new SegmentRow(
        entered,
        recording,
        room,
        epoch,
        index,
        root,
        part,
        file,
        state,
        bytes,
        videoFrames,
        audioFrames,
        startMs,
        endMs,
        sourceOffsetMs,
        openedAt);
  }

  /** With what stands in it. */
  public SegmentRow counted(long video, long audio, long end, long sourceOffset) {
    return new SegmentRow(
        id,
        recording,
        room,
        epoch,
        index,
        root,
        part,
        file,
        state,
        bytes,
        video,
        audio,
        startMs,
        end,
        sourceOffset,
        openedAt);
  }

  /** With the final name that it got, relative to the root. */
  public SegmentRow closed(String finalName, long size) {
    return new SegmentRow(
        id,
        recording,
        room,
        epoch,
        index,
        root,
        part,
        finalName,
        State.CLOSED,
        size,
        videoFrames,
        audioFrames,
        startMs,
        endMs,
        sourceOffsetMs,
        openedAt);
  }
}
