package dev.sluice.media.flv;

import java.util.Optional;

/** Reads an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1, flv.md §3). */
final class AacSound {
  private static final int[] RATES = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
  };
  private static final int ESCAPE_TYPE = 31;
  private static final int ESCAPE_RATE = 15;

  private AacSound() {}

  /** Empty when it cannot be understood. */
  static Optional<Sound> of(byte[] config) {
    try {
      BitReader in = BitReader.plain(config, 0, config.length);
      if (in.bits(5) == ESCAPE_TYPE) {
        in.bits(6);
      }
      int index = in.bits(4);
      int rate = index == ESCAPE_RATE ? in.bits(24) : RATES[index];
      return Optional.of(new Sound(rate, in.bits(4)));
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
