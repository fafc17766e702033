package dev.sluice.media.flv;

import dev.sluice.media.flv.FlvException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of what a source sends, kept to say what it is. The answer does not depend on the
 * pieces in which the bytes come.
 */
final class FirstBytes {
  private static final int KEPT = 64;
  private static final byte[] FLV = "FLV".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLAYLIST = "#EXTM3U".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] bytes = new byte[KEPT];
  private int length;

  /** Looks at the next bytes without taking them. */
  void look(ByteBuffer chunk) {
    if (length < KEPT) {
      int n = Math.min(KEPT - length, chunk.remaining());
      chunk.duplicate().get(bytes, length, n);
      length += n;
    }
  }

  /** Whether nothing speaks against FLV so far. */
  boolean mayBeFlv() {
    return agrees(0, FLV);
  }

  /** Whether nothing speaks against a tag that stands there without a file header. */
  boolean mayBeTag() {
    boolean known =
        length == 0
            || bytes[0] == FlvTag.AUDIO
            || bytes[0] == FlvTag.VIDEO
            || bytes[0] == FlvTag.SCRIPT;
    return known && (length < FlvTag.HEADER_SIZE || TagSearch.isHeader(bytes, 0));
  }

  /**
   * Says what it is when it cannot be FLV; does nothing while too little came to tell.
   *
   * @throws FlvException with the kind
   */
  void refuse() throws FlvException {
    int at = agrees(0, BYTE_ORDER_MARK) ? Math.min(length, BYTE_ORDER_MARK.length) : 0;
    while (at < length && Character.isWhitespace(bytes[at])) {
      at++;
    }
    if (length == KEPT && at == length || !agrees(at, PLAYLIST)) {
      throw new FlvException(Kind.NOT_FLV, "no FLV, it begins with: " + printable());
    }
    if (length - at >= PLAYLIST.length) {
      throw new FlvException(Kind.PLAYLIST, "an HLS playlist");
    }
  }

  /** In printable form, for an error message; at most 64 characters. */
  String printable() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      text.append(b >= 32 && b < 127 ? (char) b : '.');
    }
    return text.toString();
  }

  private boolean agrees(int at, byte[] word) {
    for (int i = 0; i < word.length && at + i < length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
