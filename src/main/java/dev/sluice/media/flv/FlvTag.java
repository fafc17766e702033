package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One whole tag. Its payload is kept as slices of the buffers it arrived in: nothing is copied, and
 * the slices must not be changed.
 */
public final class FlvTag {
  /** Tag types (flv.md §1). */
  public static final int AUDIO = 8;

  public static final int VIDEO = 9;
  public static final int SCRIPT = 18;

  /** Bytes before the payload. */
  public static final int HEADER_SIZE = 11;

  /** Bytes of PreviousTagSize behind the payload. */
  public static final int TRAILER_SIZE = 4;

  private static final int CODEC_AVC = 7;
  private static final int SOUND_AAC = 10;
  private static final int AVC_PREFIX = 5;
  private static final int AAC_PREFIX = 2;
  private static final int FRAME_KEY = 1;
  private static final int FRAME_COMMAND = 5;

  private final int type;
  private final long time;
  private final int size;
  private final List<ByteBuffer> pieces;
  private final int first;
  private final int second;

  /**
   * @param type 8, 9 or 18
   * @param time as in the tag: milliseconds modulo 2^32, 0 to 4294967295
   * @param pieces the payload in order, not empty
   */
  public FlvTag(int type, long time, List<ByteBuffer> pieces) {
    this.type = type;
    this.time = time;
    this.pieces = pieces;
    int bytes = 0;
    for (ByteBuffer piece : pieces) {
      bytes += piece.remaining();
    }
    this.size = bytes;
    this.first = bytes > 0 ? byteAt(0) : -1;
    this.second = bytes > 1 ? byteAt(1) : -1;
  }

  public int type() {
    return type;
  }

  /** Milliseconds modulo 2^32 as in the tag. */
  public long time() {
    return time;
  }

  /** Bytes of the payload. */
  public int size() {
    return size;
  }

  /** Bytes of the whole tag in a file, PreviousTagSize included. */
  public int fileSize() {
    return HEADER_SIZE + size + TRAILER_SIZE;
  }

  public boolean isVideo() {
    return type == VIDEO;
  }

  public boolean isAudio() {
    return type == AUDIO;
  }

  public boolean isScript() {
    return type == SCRIPT;
  }

  /** A decoder configuration that is not empty: AVC or AAC sequence header. */
  public boolean isConfig() {
    boolean picture = isAvc() && frameType() != FRAME_COMMAND && size > AVC_PREFIX;
    return second == 0 && (picture || isAac() && size > AAC_PREFIX);
  }

  /** A picture or a frame of sound. */
  public boolean isFrame() {
    if (isVideo()) {
      return isAvc() && second == 1 && frameType() != FRAME_COMMAND;
    }
    return isAac() && second == 1;
  }

  /** A picture that can be decoded without earlier ones. */
  public boolean isKeyFrame() {
    return isVideo() && isFrame() && frameType() == FRAME_KEY;
  }

  /** The name of a codec that is not recorded yet, or null. */
  public String foreignCodec() {
    if (size == 0 || isScript()) {
      return null;
    }
    if (isVideo()) {
      if (isEnhanced()) {
        return "enhanced FLV video" + fourCc();
      }
      return isAvc() || frameType() == FRAME_COMMAND ? null : "video codec " + videoCodecName();
    }
    return isAac() ? null : "audio codec " + audioCodecName();
  }

  /** Checksum and length of the payload in one number: the same content gives the same number. */
  public long fingerprint() {
    CRC32C crc = new CRC32C();
    for (ByteBuffer piece : pieces) {
      crc.update(piece.duplicate());
    }
    return crc.getValue() << 24 | size;
  }

  /** A copy of the payload; for configurations, which are small and kept. */
  public byte[] copyPayload() {
    byte[] copy = new byte[size];
    int at = 0;
    for (ByteBuffer piece : pieces) {
      ByteBuffer source = piece.duplicate();
      int length = source.remaining();
      source.get(copy, at, length);
      at += length;
    }
    return copy;
  }

  /** The same tag with a payload of its own, for what is held longer than a moment. */
  FlvTag copied() {
    return new FlvTag(type, time, List.of(ByteBuffer.wrap(copyPayload())));
  }

  /** The payload in order; callers duplicate before they read. */
  public List<ByteBuffer> pieces() {
    return pieces;
  }

  private boolean isAvc() {
    return isVideo() && !isEnhanced() && (first & 0x0F) == CODEC_AVC;
  }

  private boolean isAac() {
    return isAudio() && first >> 4 == SOUND_AAC;
  }

  private boolean isEnhanced() {
    return (first & 0x80) != 0;
  }

  private int frameType() {
    return first >> 4 & 7;
  }

  private String fourCc() {
    if (size < 5) {
      return "";
    }
    StringBuilder name = new StringBuilder(" ");
    for (int i = 1; i < 5; i++) {
      int letter = byteAt(i);
      name.append(letter > 32 && letter < 127 ? (char) letter : '?');
    }
    return name.toString();
  }

  private String videoCodecName() {
    int id = first & 0x0F;
    return id == 12 ? "HEVC (12)" : Integer.toString(id);
  }

  private String audioCodecName() {
    int format = first >> 4;
    return format == 2 ? "MP3 (2)" : Integer.toString(format);
  }

  private int byteAt(int index) {
    int at = index;
    for (ByteBuffer piece : pieces) {
      if (at < piece.remaining()) {
        return piece.get(piece.position() + at) & 0xFF;
      }
      at -= piece.remaining();
    }
    throw new IndexOutOfBoundsException(index);
  }
}
