package dev.sluice.record;

import java.nio.file.Path;
import java.util.List;

/**
 * What a repair found and did.
 *
 * @param bytes size of the file that was read
 * @param findings what is remarkable in it
 * @param repeats frames that stand in it more than once and are written once
 * @param mendedTimes frames alone far from all others that got a time between their neighbours
 * @param otherTracks tracks that are not written, in words
 * @param gaps what is missing
 * @param files what was written, in order
 */
public record RepairReport(
    long bytes,
    RepairFindings findings,
    long repeats,
    long mendedTimes,
    List<String> otherTracks,
    List<Gap> gaps,
    List<Written> files) {

  /**
   * Time that is missing.
   *
   * @param atMs on the time line of all files together
   * @param durationMs length
   * @param cause in words
   */
  public record Gap(long atMs, long durationMs, String cause) {}

  /**
   * A file.
   *
   * @param path its name; one that would be written where nothing is
   * @param bytes its size
   * @param durationMs its length
   */
  public record Written(
      Path path, long bytes, long durationMs, long videoFrames, long audioFrames) {}

  /** Frames that were read and stand in no file, repeats apart: before the first key frame. */
  public long leftOut() {
    long written = files.stream().mapToLong(file -> file.videoFrames() + file.audioFrames()).sum();
    return Math.max(0, findings.videoFrames() + findings.audioFrames() - repeats - written);
  }
}
