package dev.sluice.media.mp4;

import dev.sluice.media.flv.FlvTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns frames, in the order of a file, into pieces of a media segment: each a moof with its mdat,
 * of about the wished size, so that a long group of pictures takes no more memory than a short one.
 * Not thread-safe.
 */
public final class Mp4Fragments {
  /** A step of the times beyond which a track is taken up again in a piece of its own. */
  private static final long LONGEST_PICTURE_MS = 10_000;

  private static final long LONGEST_SOUND_MS = 500;

  /** Box heads: moof and mfhd; traf, tfhd, tfdt and trun; mdat. */
  private static final int MOOF_BYTES = 24;

  private static final int TRACK_BYTES = 64;
  private static final int MDAT_BYTES = 8;
  private static final long USUAL_PICTURE_MS = 40;
  private static final long USUAL_SOUND_MS = 23;

  private final long startMs;
  private final int pieceBytes;
  private final Run video = new Run(LONGEST_PICTURE_MS, USUAL_PICTURE_MS);
  private final Run audio = new Run(LONGEST_SOUND_MS, USUAL_SOUND_MS);
  private final List<Piece> broken = new ArrayList<>();
  private int sequence;

  /**
   * @param startMs where the file's time 0 lies on the recording's time line, milliseconds
   * @param pieceBytes size from which on a piece is handed out
   */
  public Mp4Fragments(long startMs, int pieceBytes) {
    this.startMs = startMs;
    this.pieceBytes = pieceBytes;
  }

  /**
   * Whole boxes, and what stands in them in the order of the data.
   *
   * @param bytes a moof, its size first, and an mdat
   */
  record Piece(byte[] bytes, List<Mp4Sample> samples) {
    /** Where the data begins inside of it. */
    int dataAt() {
      return ByteBuffer.wrap(bytes).getInt(0) + 8;
    }
  }

  /** The samples of one track that are waiting: all but the last know how long they last. */
  private static final class Run {
    private final long longestMs;
    private long usualMs;
    private final List<Mp4Sample> samples = new ArrayList<>();
    private Mp4Sample last;
    private int bytes;

    Run(long longestMs, long usualMs) {
      this.longestMs = longestMs;
      this.usualMs = usualMs;
    }

    boolean breaksAt(long decodeMs) {
      return last != null && (decodeMs < last.decodeMs() || decodeMs - last.decodeMs() > longestMs);
    }

    void add(Mp4Sample sample) {
      if (last != null) {
        usualMs = sample.decodeMs() - last.decodeMs();
        keep(usualMs);
      }
      last = sample;
    }

    /** The last one: until {@code endMs} if that is near, otherwise as long as the one before. */
    void end(long endMs) {
      if (last != null) {
        long left = endMs - last.decodeMs();
        keep(left > 0 && left <= longestMs ? left : usualMs);
        last = null;
      }
    }

    private void keep(long durationMs) {
      samples.add(last.lasting(durationMs));
      bytes += last.size();
    }

    void clear() {
      samples.clear();
      bytes = 0;
    }
  }

  /** The next frame; tags of other kinds are passed over. */
  public void add(FlvTag tag) {
    if (!tag.isFrame()) {
      return;
    }
    long at = startMs + tag.time();
    Run run = tag.isVideo() ? video : audio;
    if (run.breaksAt(at)) {
      run.end(-1);
      broken.add(piece());
    }
    run.add(new Mp4Sample(tag, at, 0));
  }

  /** Whether {@link #take()} has something. */
  public boolean isFull() {
    return !broken.isEmpty() || readyBytes() >= pieceBytes;
  }

  /** Of frames that know how long they last. */
  int readyBytes() {
    return video.bytes + audio.bytes;
  }

  /** What is ready: whole boxes, to be written one after the other. */
  public byte[] take() {
    return takePiece().bytes();
  }

  Piece takePiece() {
    return broken.isEmpty() ? piece() : broken.remove(0);
  }

  /**
   * No more frames come.
   *
   * @param pictureEndMs when the next picture is due on the recording's time line, -1 for unknown
   */
  public void end(long pictureEndMs) {
    video.end(pictureEndMs);
    audio.end(-1);
  }

  /** Whether nothing is left to take after {@link #end}. */
  public boolean isEmpty() {
    return broken.isEmpty() && video.samples.isEmpty() && audio.samples.isEmpty();
  }

  private Piece piece() {
    List<Mp4Sample> samples = new ArrayList<>(video.samples);
    samples.addAll(audio.samples);
    BoxWriter out = new BoxWriter(size());
    List<Integer> offsetsAt = new ArrayList<>(2);
    out.box(
        "moof",
        () -> {
          out.full("mfhd", 0, 0, () -> out.u32(++sequence));
          track(out, Mp4Tracks.VIDEO, video.samples, offsetsAt);
          track(out, Mp4Tracks.AUDIO, audio.samples, offsetsAt);
        });
    out.box(
        "mdat",
        () -> {
          int next = 0;
          for (Run run : List.of(video, audio)) {
            if (!run.samples.isEmpty()) {
              out.set32(offsetsAt.get(next++), out.size());
              run.samples.forEach(sample -> sample.write(out));
            }
          }
        });
    video.clear();
    audio.clear();
    return new Piece(out.done(), samples);
  }

  /** Of the piece, to the byte: of a large one no second copy is to be made. */
  int size() {
    int tracks = 0;
    for (Run run : List.of(video, audio)) {
      int each = run == video ? 16 : 8;
      tracks += run.samples.isEmpty() ? 0 : TRACK_BYTES + each * run.samples.size() + run.bytes;
    }
    return MOOF_BYTES + tracks + MDAT_BYTES;
  }

  private static void track(
      BoxWriter out, int id, List<Mp4Sample> samples, List<Integer> offsetsAt) {
    if (samples.isEmpty()) {
      return;
    }
    boolean picture = id == Mp4Tracks.VIDEO;
    out.box(
        "traf",
        () -> {
          // offsets count from the moof
          out.full("tfhd", 0, 0x20000, () -> out.u32(id));
          out.full("tfdt", 1, 0, () -> out.u64(samples.get(0).decodeMs()));
          // version 1: composition offsets may be negative
          out.full("trun", 1, picture ? 0xF01 : 0x301, () -> run(out, samples, offsetsAt, picture));
        });
  }

  private static void run(
      BoxWriter out, List<Mp4Sample> samples, List<Integer> offsetsAt, boolean picture) {
    out.u32(samples.size());
    offsetsAt.add(out.size());
    out.u32(0);
    for (Mp4Sample sample : samples) {
      out.u32((int) sample.durationMs());
      out.u32(sample.size());
      if (picture) {
        out.u32(sample.flags());
        out.u32(sample.tag().compositionMs());
      }
    }
  }
}
