package dev.sluice.media.flv;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keeps what it is given, and fails at once when the order of calls or of times is broken. */
final class CollectingSink implements SegmentSink {
  /**
   * A frame in a file.
   *
   * @param file number of the file, from 0
   * @param time inside the file, milliseconds
   * @param at on the joined time line, milliseconds
   */
  record Written(int file, Track track, long time, long at, String hash, boolean key) {}

  record Opened(long startMs, CodecConfig video, CodecConfig audio) {}

  record Gap(long atMs, long durationMs, String cause) {
    long endMs() {
      return atMs + durationMs;
    }
  }

  final List<Opened> opened = new ArrayList<>();
  final List<Written> frames = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();
  final List<SegmentEnd> ends = new ArrayList<>();
  private final long[] lastTime = new long[2];
  private boolean open;
  private long size;

  @Override
  public void open(long startMs, CodecConfig video, CodecConfig audio) {
    check(!open, "a second file is opened");
    open = true;
    size = 0;
    lastTime[0] = -1;
    lastTime[1] = -1;
    opened.add(new Opened(startMs, video, audio));
  }

  @Override
  public void write(FlvTag tag, long timeMs) {
    check(open, "a tag without a file");
    check(tag.isFrame(), "no frame is written");
    Track track = Track.of(tag);
    long last = lastTime[track.ordinal()];
    check(timeMs > last, track + " at " + timeMs + " after " + last);
    lastTime[track.ordinal()] = timeMs;
    size += tag.fileSize();
    int file = opened.size() - 1;
    long at = opened.get(file).startMs() + timeMs;
    frames.add(new Written(file, track, timeMs, at, sha1(tag.copyPayload()), tag.isKeyFrame()));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close(SegmentEnd end) {
    check(open, "a file is closed twice");
    open = false;
    int file = ends.size();
    check(end.startMs() == opened.get(file).startMs(), "start differs: " + end);
    check(end.endMs() > end.startMs(), "no length: " + end);
    check(end.videoFrames() == count(file, Track.VIDEO), "pictures counted wrongly: " + end);
    check(end.audioFrames() == count(file, Track.AUDIO), "sound counted wrongly: " + end);
    ends.add(end);
  }

  @Override
  public void gap(long atMs, long durationMs, String cause) {
    check(durationMs > 0 && cause != null, "an empty gap: " + durationMs + " " + cause);
    gaps.add(new Gap(atMs, durationMs, cause));
  }

  boolean isOpen() {
    return open;
  }

  long count(int file, Track track) {
    return frames.stream().filter(f -> f.file() == file && f.track() == track).count();
  }

  List<Written> inFile(int file) {
    return frames.stream().filter(f -> f.file() == file).toList();
  }

  private static String sha1(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
