package dev.sluice.media.flv;

import java.util.Optional;

/** Reads the sequence parameter set of an avcC (ITU-T H.264 §7.3.2.1.1). */
final class AvcPicture {
  private static final int AVCC_SPS_AT = 8;
  private static final int EXTENDED_SAR = 255;
  private static final double MAX_RATE = 1000;

  private AvcPicture() {}

  /** Empty when there is none; may throw on what makes no sense. */
  static Optional<Picture> of(byte[] avcc) {
    if (avcc.length <= AVCC_SPS_AT + 1 || (avcc[5] & 0x1F) == 0) {
      return Optional.empty();
    }
    int length = (avcc[6] & 0xFF) << 8 | avcc[7] & 0xFF;
    int end = Math.min(avcc.length, AVCC_SPS_AT + length);
    return Optional.of(read(new BitReader(avcc, AVCC_SPS_AT + 1, end)));
  }

  private static Picture read(BitReader in) {
    int profile = in.bits(8);
    in.bits(16);
    in.unsigned();
    int chroma = 1;
    if (isHighProfile(profile)) {
      chroma = in.unsigned();
      skipHighFields(in, chroma);
    }
    in.unsigned();
    skipPictureOrder(in);
    in.unsigned();
    in.bits(1);
    int widthBlocks = in.unsigned() + 1;
    int heightUnits = in.unsigned() + 1;
    boolean progressive = in.flag();
    if (!progressive) {
      in.bits(1);
    }
    in.bits(1);
    int fieldFactor = progressive ? 1 : 2;
    int width = Math.multiplyExact(widthBlocks, 16);
    int height = Math.multiplyExact(heightUnits, 16 * fieldFactor);
    if (in.flag()) {
      int cropX = chroma == 0 || chroma == 3 ? 1 : 2;
      int cropY = (chroma == 1 ? 2 : 1) * fieldFactor;
      width -= cropX * (in.unsigned() + in.unsigned());
      height -= cropY * (in.unsigned() + in.unsigned());
    }
    return new Picture(width, height, framesPerSecond(in));
  }

  private static boolean isHighProfile(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void skipHighFields(BitReader in, int chroma) {
    if (chroma == 3) {
      in.bits(1);
    }
    in.unsigned();
    in.unsigned();
    in.bits(1);
    if (in.flag()) {
      for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
        if (in.flag()) {
          skipScalingList(in, i < 6 ? 16 : 64);
        }
      }
    }
  }

  private static void skipScalingList(BitReader in, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size; i++) {
      if (next != 0) {
        next = (last + in.signed() + 256) % 256;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void skipPictureOrder(BitReader in) {
    int type = in.unsigned();
    if (type == 0) {
      in.unsigned();
    } else if (type == 1) {
      in.bits(1);
      in.signed();
      in.signed();
      int count = in.unsigned();
      for (int i = 0; i < count; i++) {
        in.signed();
      }
    }
  }

  private static double framesPerSecond(BitReader in) {
    if (!in.flag()) {
      return 0;
    }
    if (in.flag() && in.bits(8) == EXTENDED_SAR) {
      in.bits(32);
    }
    if (in.flag()) {
      in.bits(1);
    }
    if (in.flag()) {
      in.bits(4);
      if (in.flag()) {
        in.bits(24);
      }
    }
    if (in.flag()) {
      in.unsigned();
      in.unsigned();
    }
    if (!in.flag()) {
      return 0;
    }
    long unitsInTick = in.bits(32) & 0xFFFFFFFFL;
    long timeScale = in.bits(32) & 0xFFFFFFFFL;
    double rate = unitsInTick == 0 ? 0 : timeScale / (2.0 * unitsInTick);
    return rate <= MAX_RATE ? rate : 0;
  }
}
