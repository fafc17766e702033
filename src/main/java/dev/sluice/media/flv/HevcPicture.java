package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads the sequence parameter set of an hvcC (ITU-T H.265 §7.3.2.2). */
final class HevcPicture {
  private static final int FIXED = 22;
  private static final int SPS = 33;
  private static final int UNIT_HEADER = 2;
  private static final int PROFILE_BITS = 88;
  private static final int MAX_SUB_LAYERS = 7;

  private HevcPicture() {}

  /** Empty when there is none; may throw on what makes no sense. */
  static Optional<Picture> of(byte[] hvcc) {
    ByteBuffer in = ByteBuffer.wrap(hvcc);
    if (hvcc.length <= FIXED) {
      return Optional.empty();
    }
    in.position(FIXED);
    int arrays = in.get() & 0xFF;
    for (int i = 0; i < arrays && in.remaining() >= 3; i++) {
      int type = in.get() & 0x3F;
      int count = in.getShort() & 0xFFFF;
      for (int n = 0; n < count && in.remaining() >= 2; n++) {
        int length = in.getShort() & 0xFFFF;
        int from = in.position();
        if (type == SPS) {
          int end = Math.min(hvcc.length, from + length);
          return Optional.of(read(new BitReader(hvcc, from + UNIT_HEADER, end)));
        }
        in.position(Math.min(in.limit(), from + length));
      }
    }
    return Optional.empty();
  }

  private static Picture read(BitReader in) {
    in.bits(4);
    int subLayers = in.bits(3);
    in.bits(1);
    skipProfile(in, subLayers);
    in.unsigned();
    int chroma = in.unsigned();
    if (chroma == 3) {
      in.bits(1);
    }
    int width = in.unsigned();
    int height = in.unsigned();
    if (in.flag()) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = chroma == 1 ? 2 : 1;
      width = Math.subtractExact(width, Math.multiplyExact(unitX, in.unsigned() + in.unsigned()));
      height = Math.subtractExact(height, Math.multiplyExact(unitY, in.unsigned() + in.unsigned()));
    }
    // the rate stands far behind, in fields that few encoders write: it is measured instead
    return new Picture(width, height, 0);
  }

  /** profile_tier_level (§7.3.3). */
  private static void skipProfile(BitReader in, int subLayers) {
    if (subLayers >= MAX_SUB_LAYERS) {
      throw new ArithmeticException("too many sub-layers");
    }
    skip(in, PROFILE_BITS);
    in.bits(8);
    boolean[] profile = new boolean[subLayers];
    boolean[] level = new boolean[subLayers];
    for (int i = 0; i < subLayers; i++) {
      profile[i] = in.flag();
      level[i] = in.flag();
    }
    if (subLayers > 0) {
      in.bits(2 * (8 - subLayers));
    }
    for (int i = 0; i < subLayers; i++) {
      skip(in, (profile[i] ? PROFILE_BITS : 0) + (level[i] ? 8 : 0));
    }
  }

  private static void skip(BitReader in, int bits) {
    for (int i = 0; i < bits; i++) {
      in.bits(1);
    }
  }
}
