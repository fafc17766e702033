package dev.sluice.media.flv;

/** Reads bits and Exp-Golomb codes. */
final class BitReader {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int bit;
  private final boolean escaped;
  private int zeros;

  private BitReader(byte[] bytes, int from, int end, boolean escaped) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.escaped = escaped;
  }

  /** Of a NAL unit: emulation prevention is taken out. */
  BitReader(byte[] bytes, int from, int end) {
    this(bytes, from, end, true);
  }

  /** Of bytes as they are. */
  static BitReader plain(byte[] bytes, int from, int end) {
    return new BitReader(bytes, from, end, false);
  }

  /** Up to 32 bits. */
  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  boolean flag() {
    return bit() == 1;
  }

  /** ue(v). */
  int unsigned() {
    int zeroBits = 0;
    while (bit() == 0) {
      if (++zeroBits > 31) {
        throw new ArithmeticException("Exp-Golomb code too long");
      }
    }
    return (1 << zeroBits) - 1 + bits(zeroBits);
  }

  /** se(v). */
  int signed() {
    int code = unsigned();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }

  private int bit() {
    if (bit == 0) {
      if (escaped && at < end && zeros >= 2 && bytes[at] == 3) {
        at++;
        zeros = 0;
      }
      if (at >= end) {
        throw new IndexOutOfBoundsException("end of data");
      }
      zeros = bytes[at] == 0 ? zeros + 1 : 0;
    }
    int value = bytes[at] >> 7 - bit & 1;
    bit = bit + 1 & 7;
    if (bit == 0) {
      at++;
    }
    return value;
  }
}
