package dev.sluice.media.mp4;

import dev.sluice.media.flv.KeyFrameIndex;

/**
 * Where the pieces stand that begin with a key frame, for the end of a file in fragments (ISO/IEC
 * 14496-12 §8.8.9 to §8.8.11): a player then jumps without walking through all of them.
 */
public final class FragmentIndex {
  /** A day of key frames every two seconds; beyond that it is thinned. 16 bytes each. */
  private static final int MOST = 43_200;

  private final KeyFrameIndex keys = new KeyFrameIndex(MOST);

  /**
   * @param timeMs when the key frame is shown
   * @param moofAt where its piece begins
   */
  public void add(long timeMs, long moofAt) {
    keys.add(timeMs, moofAt);
  }

  /**
   * The box, of the track that players go by.
   *
   * @param pictures whether there are any
   */
  public byte[] encode(boolean pictures) {
    long[] times = keys.times();
    long[] positions = keys.positions();
    BoxWriter out = new BoxWriter(64 + 19 * times.length);
    out.box(
        "mfra",
        () -> {
          out.full(
              "tfra",
              1,
              0,
              () -> {
                out.u32(pictures ? Mp4Tracks.VIDEO : Mp4Tracks.AUDIO);
                out.u32(0);
                out.u32(times.length);
                for (int i = 0; i < times.length; i++) {
                  out.u64(times[i]);
                  out.u64(positions[i]);
                  out.u8(1);
                  out.u8(1);
                  out.u8(1);
                }
              });
          out.full("mfro", 0, 0, () -> out.u32(out.size() + 4));
        });
    return out.done();
  }
}
