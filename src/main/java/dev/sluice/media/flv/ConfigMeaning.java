package dev.sluice.media.flv;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What of a configuration record matters to a decoder. Encoders and servers write the same settings
 * in different bytes: reserved bits unset, extensions left out, flags of completeness (flv.md §2.2,
 * §3).
 */
final class ConfigMeaning {
  private static final int AVCC_FIXED = 5;
  private static final int HVCC_FIXED = 22;
  private static final int AV1C_DELAY_AT = 3;
  private static final int VPCC_SIZE = 8;
  private static final int FULL_BOX = 4;
  private static final int ROOM = 16;
  private static final int FIRST_PARAMETER_SET = 32;
  private static final int LAST_PARAMETER_SET = 34;

  private ConfigMeaning() {}

  /** The record as MP4 wants it, of what a tag holds. */
  static byte[] record(Codec codec, byte[] given) {
    return switch (codec) {
      case AVC -> withReservedBits(given);
      case AAC -> withoutNoSbr(given);
      case VP9 -> withoutFullBox(given);
      default -> given;
    };
  }

  /** The part to compare; the record itself where it cannot be understood. */
  static byte[] of(Codec codec, byte[] record) {
    try {
      return switch (codec) {
        case AVC -> avc(ByteBuffer.wrap(record));
        case HEVC -> hevc(ByteBuffer.wrap(record));
        case AV1 -> av1(record);
        default -> record;
      };
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return record;
    }
  }

  private static byte[] withReservedBits(byte[] given) {
    byte[] config = given.clone();
    if (config.length > AVCC_FIXED) {
      config[4] |= (byte) 0xFC;
      config[5] |= (byte) 0xE0;
    }
    return config;
  }

  /** Explicit "no SBR" says what its absence says. */
  private static byte[] withoutNoSbr(byte[] config) {
    int end = config.length;
    boolean noSbr =
        end >= 5
            && (config[end - 3] & 0xFF) == 0x56
            && (config[end - 2] & 0xFF) == 0xE5
            && config[end - 1] == 0;
    return noSbr ? Arrays.copyOf(config, end - 3) : config;
  }

  /** Some write the box's version and flags in front. */
  private static byte[] withoutFullBox(byte[] given) {
    boolean boxed =
        given.length >= FULL_BOX + VPCC_SIZE
            && given[0] == 1
            && given[1] == 0
            && given[2] == 0
            && given[3] == 0;
    return boxed ? Arrays.copyOfRange(given, FULL_BOX, given.length) : given;
  }

  /** Length of the length fields, then all SPS and PPS. */
  private static byte[] avc(ByteBuffer in) {
    ByteBuffer out = ByteBuffer.allocate(in.remaining() + ROOM);
    out.put((byte) (in.get(4) & 3));
    in.position(AVCC_FIXED);
    units(in, in.get() & 0x1F, out);
    units(in, in.get() & 0xFF, out);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Length of the length fields, then all VPS, SPS and PPS; not the flags of completeness. */
  private static byte[] hevc(ByteBuffer in) {
    ByteBuffer out = ByteBuffer.allocate(in.remaining() + ROOM);
    out.put((byte) (in.get(HVCC_FIXED - 1) & 3));
    in.position(HVCC_FIXED);
    int arrays = in.get() & 0xFF;
    for (int i = 0; i < arrays; i++) {
      int type = in.get() & 0x3F;
      int count = in.getShort() & 0xFFFF;
      boolean wanted = type >= FIRST_PARAMETER_SET && type <= LAST_PARAMETER_SET;
      int before = out.position();
      units(in, count, out);
      out.position(wanted ? out.position() : before);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void units(ByteBuffer in, int count, ByteBuffer out) {
    out.put((byte) count);
    for (int i = 0; i < count; i++) {
      byte[] unit = new byte[in.getShort() & 0xFFFF];
      in.get(unit);
      out.putShort((short) unit.length).put(unit);
    }
  }

  /** The presentation delay is advice. */
  private static byte[] av1(byte[] record) {
    byte[] config = record.clone();
    if (config.length > AV1C_DELAY_AT) {
      config[AV1C_DELAY_AT] = 0;
    }
    return config;
  }
}
