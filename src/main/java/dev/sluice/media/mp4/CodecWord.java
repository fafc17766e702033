package dev.sluice.media.mp4;

import dev.sluice.media.flv.CodecConfig;
import java.util.Locale;

/** Codecs in the words of RFC 6381 and its relatives, by which a browser knows what it can play. */
final class CodecWord {
  private static final int AVCC_SHORTEST = 4;
  private static final int HVCC_SHORTEST = 13;
  private static final int AV1C_SHORTEST = 3;
  private static final int VPCC_SHORTEST = 3;
  private static final int ESCAPE_TYPE = 31;

  private CodecWord() {}

  static String of(CodecConfig config) {
    byte[] record = config.record();
    return switch (config.codec()) {
      case AVC -> avc(record);
      case HEVC -> hevc(record);
      case AV1 -> av1(record);
      case VP9 -> vp9(record);
      case AAC -> "mp4a.40." + objectType(record);
      case MP3 -> "mp4a.6b";
      case OPUS -> "opus";
    };
  }

  private static String avc(byte[] avcc) {
    return avcc.length < AVCC_SHORTEST
        ? "avc1.42e01e"
        : text("avc1.%02x%02x%02x", u8(avcc, 1), u8(avcc, 2), u8(avcc, 3));
  }

  /** ISO/IEC 14496-15 annex E.3. */
  private static String hevc(byte[] hvcc) {
    if (hvcc.length < HVCC_SHORTEST) {
      return "hvc1.1.6.L93.B0";
    }
    String space = u8(hvcc, 1) >> 6 == 0 ? "" : text("%c", 'A' + (u8(hvcc, 1) >> 6) - 1);
    int flags = u8(hvcc, 2) << 24 | u8(hvcc, 3) << 16 | u8(hvcc, 4) << 8 | u8(hvcc, 5);
    StringBuilder word = new StringBuilder("hvc1.").append(space).append(u8(hvcc, 1) & 0x1F);
    word.append('.').append(Integer.toHexString(Integer.reverse(flags)));
    word.append((u8(hvcc, 1) & 0x20) == 0 ? ".L" : ".H").append(u8(hvcc, 12));
    int last = 11;
    while (last >= 6 && hvcc[last] == 0) {
      last--;
    }
    for (int i = 6; i <= last; i++) {
      word.append('.').append(Integer.toHexString(u8(hvcc, i)));
    }
    return word.toString();
  }

  /** AV1 codec ISO media file format binding §5. */
  private static String av1(byte[] av1c) {
    if (av1c.length < AV1C_SHORTEST) {
      return "av01.0.04M.08";
    }
    int flags = u8(av1c, 2);
    int depth = (flags & 0x40) == 0 ? 8 : (flags & 0x20) == 0 ? 10 : 12;
    char tier = (flags & 0x80) == 0 ? 'M' : 'H';
    return text("av01.%d.%02d%c.%02d", u8(av1c, 1) >> 5, u8(av1c, 1) & 0x1F, tier, depth);
  }

  /** VP codec ISO media file format binding §2.2. */
  private static String vp9(byte[] vpcc) {
    return vpcc.length < VPCC_SHORTEST
        ? "vp09.00.10.08"
        : text("vp09.%02d.%02d.%02d", u8(vpcc, 0), u8(vpcc, 1), u8(vpcc, 2) >> 4);
  }

  /** ISO/IEC 14496-3 §1.6.2.1: five bits, and six more behind the escape. */
  private static int objectType(byte[] config) {
    if (config.length < 2) {
      return 2;
    }
    int type = u8(config, 0) >> 3;
    return type == ESCAPE_TYPE ? 32 + ((config[0] & 7) << 3 | u8(config, 1) >> 5) : type;
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
