package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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

  private final int type;
  private final long time;
  private final int size;
  private final List<ByteBuffer> pieces;
  private final TagBody body;

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
    this.body = TagBody.of(this);
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

  /** A decoder configuration that is not empty. */
  public boolean isConfig() {
    return body.kind() == TagBody.Kind.CONFIG;
  }

  /** A picture or a frame of sound. */
  public boolean isFrame() {
    return body.kind() == TagBody.Kind.FRAME;
  }

  /** A picture that can be decoded without earlier ones. */
  public boolean isKeyFrame() {
    return isFrame() && body.key();
  }

  /** Several tracks, or extra fields, around what is wanted: {@link PlainTags} takes it apart. */
  boolean isWrapped() {
    return body.kind() == TagBody.Kind.WRAPPED;
  }

  /** What it is coded in; null for a tag that is neither configuration nor frame. */
  public Codec codec() {
    return body.codec();
  }

  /** Whether its header is the enhanced one, with four letters for the codec (flv.md §2.3). */
  public boolean isEnhanced() {
    return body.enhanced();
  }

  /** Bytes of the payload before the data itself: the configuration record or the coded frame. */
  public int dataAt() {
    return body.dataAt();
  }

  /** From decoding to showing, milliseconds; may be negative. */
  public int compositionMs() {
    return body.compositionMs();
  }

  /** The name of a codec that is not recorded, or null. */
  public String foreignCodec() {
    return body.kind() == TagBody.Kind.FOREIGN ? CodecNames.of(this) : null;
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

  /** The data itself, without what stands before it in the payload; not copied. */
  public List<ByteBuffer> data() {
    return slice(dataAt(), size - dataAt());
  }

  /** The payload in order; callers duplicate before they read. */
  public List<ByteBuffer> pieces() {
    return pieces;
  }

  int byteAt(int index) {
    int at = index;
    for (ByteBuffer piece : pieces) {
      if (at < piece.remaining()) {
        return piece.get(piece.position() + at) & 0xFF;
      }
      at -= piece.remaining();
    }
    throw new IndexOutOfBoundsException(index);
  }

  /** Four bytes, the first one highest. */
  int intAt(int index) {
    return byteAt(index) << 24
        | byteAt(index + 1) << 16
        | byteAt(index + 2) << 8
        | byteAt(index + 3);
  }

  /** A part of the payload, not copied. */
  List<ByteBuffer> slice(int from, int length) {
    List<ByteBuffer> part = new ArrayList<>(pieces.size());
    int skip = from;
    int left = length;
    for (ByteBuffer piece : pieces) {
      int n = Math.min(left, Math.max(0, piece.remaining() - skip));
      if (n > 0) {
        part.add(piece.slice(piece.position() + skip, n));
      }
      skip = Math.max(0, skip - piece.remaining());
      left -= n;
    }
    return part;
  }
}
