package dev.sluice.bus;

import dev.sluice.room.RoomKey;

/**
 * How a running recording stands.
 *
 * @param room which room
 * @param epoch which attempt
 * @param recording row id of the recording
 * @param receiving true while a connection delivers media that is kept; repeats are not
 * @param bytes written to the recording's files so far
 * @param receivedBytes received from the source in this attempt
 * @param bytesPerSecond received, over the last seconds
 * @param durationMs on the joined time line
 * @param segments files begun
 * @param gaps known gaps
 * @param gapMs their total length
 * @param quality picture size and codecs, empty while unknown
 * @param file name of the open file, relative to the root, empty while none is open
 */
public record RecordingProgress(
    RoomKey room,
    long epoch,
    long recording,
    boolean receiving,
    long bytes,
    long receivedBytes,
    long bytesPerSecond,
    long durationMs,
    int segments,
    int gaps,
    long gapMs,
    String quality,
    String file) {}
