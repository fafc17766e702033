package dev.sluice.media.flv;

import java.util.Optional;

/** Reads the uncompressed header of a VP9 key frame (VP9 bitstream specification §6.2). */
final class Vp9Picture {
  private static final int LONGEST_HEADER = 16;
  private static final int MARKER = 2;
  private static final int SYNC = 0x498342;
  private static final int RGB = 7;

  private Vp9Picture() {}

  /** Empty when the frame is none. */
  static Optional<Picture> of(FlvTag frame) {
    int length = Math.min(LONGEST_HEADER, frame.size() - frame.dataAt());
    byte[] head = new byte[Math.max(0, length)];
    for (int i = 0; i < head.length; i++) {
      head[i] = (byte) frame.byteAt(frame.dataAt() + i);
    }
    try {
      return read(BitReader.plain(head, 0, head.length));
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Optional<Picture> read(BitReader in) {
    int marker = in.bits(2);
    int profile = in.bits(1) | in.bits(1) << 1;
    if (profile == 3) {
      in.bits(1);
    }
    boolean shownAgain = in.flag();
    boolean inter = in.flag();
    in.bits(2);
    if (marker != MARKER || shownAgain || inter || in.bits(24) != SYNC) {
      return Optional.empty();
    }
    skipColour(in, profile);
    return Optional.of(new Picture(in.bits(16) + 1, in.bits(16) + 1, 0));
  }

  private static void skipColour(BitReader in, int profile) {
    if (profile >= 2) {
      in.bits(1);
    }
    boolean rgb = in.bits(3) == RGB;
    if (!rgb) {
      in.bits(1);
    }
    if ((profile & 1) == 1) {
      in.bits(rgb ? 1 : 3);
    }
  }
}
