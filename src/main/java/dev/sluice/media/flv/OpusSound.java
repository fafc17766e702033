package dev.sluice.media.flv;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an OpusHead says (RFC 7845 §5.1).
 *
 * @param channels at the output
 * @param preSkip samples at 48 kHz to drop at the beginning
 * @param inputRate hertz before coding, as advice
 */
public record OpusSound(int channels, int preSkip, int inputRate) {
  private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 19;

  /** Reads an OpusHead; empty when it is none. */
  public static Optional<OpusSound> of(byte[] head) {
    if (head.length < SIZE || !startsWithMagic(head) || head[9] == 0) {
      return Optional.empty();
    }
    int rate = u8(head, 12) | u8(head, 13) << 8 | u8(head, 14) << 16 | u8(head, 15) << 24;
    return Optional.of(new OpusSound(u8(head, 9), u8(head, 10) | u8(head, 11) << 8, rate));
  }

  private static boolean startsWithMagic(byte[] head) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (head[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }
}
