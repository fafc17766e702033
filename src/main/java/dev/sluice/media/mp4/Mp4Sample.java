package dev.sluice.media.mp4;

import dev.sluice.media.flv.FlvTag;
import java.nio.ByteBuffer;

/**
 * One picture or frame of sound.
 *
 * @param tag its bytes, as FLV has them
 * @param decodeMs when it is decoded, on the recording's time line
 * @param durationMs until the next one of its track
 */
record Mp4Sample(FlvTag tag, long decodeMs, long durationMs) {
  private static final int KEY = 0x2000000;
  private static final int NO_KEY = 0x1010000;

  Mp4Sample lasting(long ms) {
    return new Mp4Sample(tag, decodeMs, ms);
  }

  int size() {
    return Math.max(0, tag.size() - tag.dataAt());
  }

  /** Sample flags (ISO/IEC 14496-12 §8.8.3.1). */
  int flags() {
    return tag.isKeyFrame() ? KEY : NO_KEY;
  }

  void write(BoxWriter out) {
    int skip = tag.dataAt();
    for (ByteBuffer each : tag.pieces()) {
      ByteBuffer piece = each.duplicate();
      int n = Math.min(skip, piece.remaining());
      piece.position(piece.position() + n);
      skip -= n;
      out.put(piece);
    }
  }
}
