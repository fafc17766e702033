package dev.sluice.media.flv;

import java.util.Optional;

/** Reads the sequence header that an av1C may hold (AV1 specification §5.5). */
final class Av1Picture {
  private static final int AV1C_FIXED = 4;
  private static final int SEQUENCE_HEADER = 1;

  private Av1Picture() {}

  /** Empty when there is none; may throw on what makes no sense. */
  static Optional<Picture> of(byte[] av1c) {
    if (av1c.length <= AV1C_FIXED + 2) {
      return Optional.empty();
    }
    int header = av1c[AV1C_FIXED] & 0xFF;
    if ((header >> 3 & 0x0F) != SEQUENCE_HEADER) {
      return Optional.empty();
    }
    int at = AV1C_FIXED + 1 + (header >> 2 & 1);
    if ((header & 2) != 0) {
      at = afterLength(av1c, at);
    }
    return Optional.of(read(BitReader.plain(av1c, at, av1c.length)));
  }

  /** Behind a leb128 number (§4.10.5). */
  private static int afterLength(byte[] bytes, int from) {
    int at = from;
    while ((bytes[at] & 0x80) != 0) {
      at++;
    }
    return at + 1;
  }

  private static Picture read(BitReader in) {
    in.bits(3);
    in.bits(1);
    double rate = 0;
    if (in.flag()) {
      in.bits(5);
    } else {
      rate = skipOperatingPoints(in);
    }
    int widthBits = in.bits(4) + 1;
    int heightBits = in.bits(4) + 1;
    int width = in.bits(widthBits) + 1;
    int height = in.bits(heightBits) + 1;
    return new Picture(width, height, rate);
  }

  /** Answers the frame rate, 0 when it is not said. */
  private static double skipOperatingPoints(BitReader in) {
    double rate = 0;
    boolean decoderModel = false;
    int delayBits = 0;
    if (in.flag()) {
      long unitsInTick = in.bits(32) & 0xFFFFFFFFL;
      long timeScale = in.bits(32) & 0xFFFFFFFFL;
      if (in.flag()) {
        long ticks = in.unsigned() + 1L;
        rate = unitsInTick == 0 ? 0 : timeScale / (double) (unitsInTick * ticks);
      }
      decoderModel = in.flag();
      if (decoderModel) {
        delayBits = in.bits(5) + 1;
        in.bits(32);
        in.bits(10);
      }
    }
    boolean initialDelay = in.flag();
    int points = in.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      in.bits(12);
      if (in.bits(5) > 7) {
        in.bits(1);
      }
      if (decoderModel && in.flag()) {
        in.bits(delayBits);
        in.bits(delayBits);
        in.bits(1);
      }
      if (initialDelay && in.flag()) {
        in.bits(4);
      }
    }
    return rate;
  }
}
