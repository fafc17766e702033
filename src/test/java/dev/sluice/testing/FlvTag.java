package dev.sluice.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One FLV tag as it stands on the wire. Knows legacy and enhanced headers just well enough to tell
 * configuration from pictures and sound; written apart from the production parser on purpose.
 */
public final class FlvTag {
  public static final int AUDIO = 8;
  public static final int VIDEO = 9;
  public static final int SCRIPT = 18;

  private static final int CONFIG = 0;
  private static final int CODED = 1;
  private static final int CODED_NO_OFFSET = 3;
  private static final int MULTITRACK = 6;
  private static final int AUDIO_MULTITRACK = 5;
  private static final int MOD_EX = 7;
  private static final int OTHER = -1;

  private final int type;
  private final long timestamp;
  private final byte[] payload;
  private final String sha1;

  /**
   * @param type 8 audio, 9 video, 18 script data
   * @param timestamp milliseconds; kept modulo 2^32 as on the wire
   * @param payload the body without the 11 bytes before it; not copied
   */
  public FlvTag(int type, long timestamp, byte[] payload) {
    this(type, timestamp, payload, sha1Of(payload));
  }

  private FlvTag(int type, long timestamp, byte[] payload, String sha1) {
    this.type = type;
    this.timestamp = timestamp & 0xFFFF_FFFFL;
    this.payload = payload;
    this.sha1 = sha1;
  }

  public int type() {
    return type;
  }

  /** Milliseconds, 0 to 2^32 - 1. */
  public long timestamp() {
    return timestamp;
  }

  public byte[] payload() {
    return payload;
  }

  /** SHA-1 of the payload, 40 hexadecimal digits. */
  public String sha1() {
    return sha1;
  }

  /** The same payload at another time. */
  public FlvTag at(long newTimestamp) {
    return new FlvTag(type, newTimestamp, payload, sha1);
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

  /** A sequence header of the picture (avcC, hvcC, av1C). */
  public boolean isVideoConfig() {
    return isVideo() && videoPacket() == CONFIG;
  }

  /** A sequence header of the sound. */
  public boolean isAudioConfig() {
    return isAudio() && audioPacket() == CONFIG;
  }

  /** A picture or a piece of sound: neither configuration, nor end of sequence, nor script. */
  public boolean isMedia() {
    int packet = isVideo() ? videoPacket() : isAudio() ? audioPacket() : OTHER;
    return packet == CODED || packet == CODED_NO_OFFSET;
  }

  /** A picture that a decoder can start with. */
  public boolean isKeyFrame() {
    return isVideo() && isMedia() && frameType() == 1;
  }

  /** The whole tag followed by its PreviousTagSize. */
  public byte[] toBytes() {
    byte[] bytes = new byte[11 + payload.length + 4];
    bytes[0] = (byte) type;
    put(bytes, 1, 3, payload.length);
    put(bytes, 4, 3, timestamp & 0xFFFFFF);
    bytes[7] = (byte) (timestamp >> 24);
    System.arraycopy(payload, 0, bytes, 11, payload.length);
    put(bytes, 11 + payload.length, 4, 11 + payload.length);
    return bytes;
  }

  private int frameType() {
    int first = payload[0] & 0xFF;
    return (first & 0x80) != 0 ? (first >> 4) & 7 : first >> 4;
  }

  private int videoPacket() {
    if (payload.length == 0 || frameType() == 5) {
      return OTHER;
    }
    int first = payload[0] & 0xFF;
    if ((first & 0x80) != 0) {
      return enhancedPacket(MULTITRACK);
    }
    int codec = first & 0x0F;
    if (codec == 7 || codec == 12) {
      return payload.length < 2 ? OTHER : payload[1];
    }
    return CODED;
  }

  private int audioPacket() {
    if (payload.length == 0) {
      return OTHER;
    }
    int format = (payload[0] & 0xFF) >> 4;
    if (format == 9) {
      return enhancedPacket(AUDIO_MULTITRACK);
    }
    if (format == 10) {
      return payload.length < 2 ? OTHER : payload[1];
    }
    return CODED;
  }

  private int enhancedPacket(int multitrack) {
    int packet = payload[0] & 0x0F;
    int at = 1;
    while (packet == MOD_EX && at < payload.length) {
      int size = (payload[at++] & 0xFF) + 1;
      if (size == 256 && at + 1 < payload.length) {
        size = ((payload[at] & 0xFF) << 8 | (payload[at + 1] & 0xFF)) + 1;
        at += 2;
      }
      at += size;
      packet = at < payload.length ? payload[at++] & 0x0F : OTHER;
    }
    if (packet == multitrack) {
      packet = at < payload.length ? payload[at] & 0x0F : OTHER;
    }
    return packet;
  }

  private static void put(byte[] bytes, int at, int size, long value) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (value >> (8 * (size - 1 - i)));
    }
  }

  private static String sha1Of(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlvTag that
        && type == that.type
        && timestamp == that.timestamp
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return sha1.hashCode() * 31 + Long.hashCode(timestamp);
  }

  @Override
  public String toString() {
    return "tag " + type + " at " + timestamp + " ms, " + payload.length + " bytes, " + sha1;
  }
}
