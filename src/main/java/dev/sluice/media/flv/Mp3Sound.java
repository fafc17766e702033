package dev.sluice.media.flv;

import java.util.Optional;

/**
 * What the header of an MPEG audio frame says (ISO/IEC 11172-3 §2.4.1.3, 13818-3). Only what stays
 * the same over a stream: bit rates and stereo modes change from frame to frame.
 *
 * @param sampleRate hertz
 * @param channels 1 or 2
 */
public record Mp3Sound(int sampleRate, int channels) {
  static final int HEADER_SIZE = 4;

  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int SYNC = 0x7FF;
  private static final int LAYER_3 = 1;
  private static final int VERSION_2_5 = 0;
  private static final int VERSION_RESERVED = 1;
  private static final int VERSION_2 = 2;
  private static final int MONO = 3;

  /** Reads the first four bytes of a frame; empty when they are no header. */
  static Optional<Mp3Sound> of(int header) {
    int version = header >> 19 & 3;
    int rate = header >> 10 & 3;
    if (header >>> 21 != SYNC
        || version == VERSION_RESERVED
        || (header >> 17 & 3) != LAYER_3
        || rate == 3) {
      return Optional.empty();
    }
    int half = version == VERSION_2_5 ? 2 : version == VERSION_2 ? 1 : 0;
    return Optional.of(new Mp3Sound(RATES[rate] >> half, (header >> 6 & 3) == MONO ? 1 : 2));
  }

  /** In bytes: rate and channels. */
  byte[] record() {
    return new byte[] {
      (byte) (sampleRate >> 16), (byte) (sampleRate >> 8), (byte) sampleRate, (byte) channels
    };
  }

  static Mp3Sound ofRecord(byte[] record) {
    int rate = (record[0] & 0xFF) << 16 | (record[1] & 0xFF) << 8 | record[2] & 0xFF;
    return new Mp3Sound(rate, record[3]);
  }
}
