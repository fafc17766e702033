package dev.sluice.media.mp4;

import dev.sluice.media.flv.FlvTag;
import java.nio.ByteBuffer;

/**
 * Makes of a finished MP4 in fragments a plain one that plays from its first bytes on, without
 * moving its data: the tables go where room was kept in front, and everything behind them becomes
 * the data of one box, in which the fragments are not seen any more. Not thread-safe.
 */
public final class PlainFront {
  /** With the room about 25 MB of memory; two hours of 30 pictures a second and sound. */
  private static final int MOST_SAMPLES = 600_000;

  private static final int BOX = 8;
  private static final int LARGE_BOX = 16;

  private final Mp4Tracks tracks;
  private final SampleTable video = new SampleTable(40);
  private final SampleTable audio = new SampleTable(23);

  /**
   * @param tracks of the file
   */
  public PlainFront(Mp4Tracks tracks) {
    this.tracks = tracks;
  }

  /**
   * The next piece.
   *
   * @return false when the file is too long for tables; then it stays as it is
   */
  public boolean add(FrameList list) {
    for (FrameList.Entry entry : list.entries()) {
      if (!entry.config()) {
        FlvTag bare = entry.bare();
        (entry.type() == FlvTag.VIDEO ? video : audio)
            .add(entry.time(), entry.size(), bare.compositionMs(), bare.isKeyFrame());
      }
    }
    audio.chunk(video.chunk(list.dataAt()));
    return video.count() + audio.count() <= MOST_SAMPLES;
  }

  public long pictures() {
    return video.count();
  }

  public long sounds() {
    return audio.count();
  }

  /**
   * What is to stand in the room.
   *
   * @param room bytes of the box that keeps it
   * @param behind bytes of the file behind it
   * @return as many bytes as the room has; empty when it is too small
   */
  public ByteBuffer fill(int room, long behind) {
    BoxWriter out = new BoxWriter(room);
    tracks.tables(out, video, audio);
    int left = room - out.size() - LARGE_BOX;
    if (left != 0 && left < BOX) {
      return ByteBuffer.allocate(0);
    }
    if (left > 0) {
      out.u32(left);
      out.text("free");
      out.zeros(left - BOX);
    }
    out.u32(1);
    out.text("mdat");
    out.u64(LARGE_BOX + behind);
    return ByteBuffer.wrap(out.done());
  }
}
