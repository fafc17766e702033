package dev.sluice.media.flv;

/**
 * What the first bytes of a tag's payload say of the rest (flv.md §2, §3).
 *
 * @param kind what it is
 * @param codec null where it has none, or one that is not recorded
 * @param enhanced whether the header is the enhanced one
 * @param key whether it is marked as a key frame
 * @param dataAt bytes before the data itself
 * @param compositionMs from decoding to showing
 */
record TagBody(
    Kind kind, Codec codec, boolean enhanced, boolean key, int dataAt, int compositionMs) {

  /** What a tag is. */
  enum Kind {
    /** A decoder configuration that is not empty. */
    CONFIG,
    /** A picture or a frame of sound. */
    FRAME,
    /** Several tracks, or extra fields, around one of the others. */
    WRAPPED,
    /** A codec that is not recorded. */
    FOREIGN,
    /** End of sequence, commands, metadata of pictures, scripts, nothing. */
    OTHER
  }

  static final int SEQUENCE_START = 0;
  static final int CODED_FRAMES = 1;
  static final int SEQUENCE_END = 2;
  static final int CODED_FRAMES_X = 3;
  static final int METADATA = 4;
  static final int VIDEO_MULTITRACK = 6;
  static final int AUDIO_MULTITRACK = 5;
  static final int MOD_EX = 7;

  /** First byte and FourCC. */
  static final int ENHANCED_SIZE = 5;

  private static final int ENHANCED_AUDIO = 9;
  private static final int FRAME_KEY = 1;
  private static final int FRAME_COMMAND = 5;
  private static final int LEGACY_VIDEO_SIZE = 5;
  private static final int AAC_SIZE = 2;

  private static final TagBody OTHER = new TagBody(Kind.OTHER, null, false, false, 0, 0);

  static TagBody of(FlvTag tag) {
    if (tag.size() == 0 || tag.isScript()) {
      return OTHER;
    }
    int first = tag.byteAt(0);
    if (tag.isVideo()) {
      return (first & 0x80) != 0 ? enhancedVideo(tag, first) : legacyVideo(tag, first);
    }
    return first >> 4 == ENHANCED_AUDIO ? enhancedAudio(tag, first) : legacyAudio(tag, first);
  }

  private static TagBody legacyVideo(FlvTag tag, int first) {
    if (first >> 4 == FRAME_COMMAND) {
      return OTHER;
    }
    Codec codec = Codec.ofId(Track.VIDEO, first & 0x0F);
    if (codec == null) {
      return foreign();
    }
    int packet = tag.size() < 2 ? SEQUENCE_END : tag.byteAt(1);
    boolean filled = tag.size() > LEGACY_VIDEO_SIZE;
    if (packet == SEQUENCE_START && filled) {
      return new TagBody(Kind.CONFIG, codec, false, false, LEGACY_VIDEO_SIZE, 0);
    }
    boolean key = first >> 4 == FRAME_KEY;
    return packet == CODED_FRAMES && tag.size() >= LEGACY_VIDEO_SIZE
        ? new TagBody(Kind.FRAME, codec, false, key, LEGACY_VIDEO_SIZE, signed24(tag, 2))
        : OTHER;
  }

  private static TagBody enhancedVideo(FlvTag tag, int first) {
    int packet = first & 0x0F;
    int frameType = first >> 4 & 7;
    if (packet == METADATA || frameType == FRAME_COMMAND || packet == SEQUENCE_END) {
      return OTHER;
    }
    if (packet == VIDEO_MULTITRACK || packet == MOD_EX) {
      return new TagBody(Kind.WRAPPED, null, true, false, 0, 0);
    }
    if (tag.size() < ENHANCED_SIZE) {
      return OTHER;
    }
    Codec codec = Codec.ofFourCc(Track.VIDEO, tag.intAt(1));
    if (codec == null) {
      return foreign();
    }
    boolean composed = packet == CODED_FRAMES && codec.hasComposition();
    int dataAt = ENHANCED_SIZE + (composed ? 3 : 0);
    if (packet == SEQUENCE_START && tag.size() > ENHANCED_SIZE) {
      return new TagBody(Kind.CONFIG, codec, true, false, dataAt, 0);
    }
    boolean frame = packet == CODED_FRAMES || packet == CODED_FRAMES_X;
    return frame && tag.size() > dataAt
        ? new TagBody(
            Kind.FRAME,
            codec,
            true,
            frameType == FRAME_KEY,
            dataAt,
            composed ? signed24(tag, ENHANCED_SIZE) : 0)
        : OTHER;
  }

  private static TagBody legacyAudio(FlvTag tag, int first) {
    Codec codec = Codec.ofId(Track.AUDIO, first >> 4);
    if (codec == null) {
      return foreign();
    }
    if (codec == Codec.MP3) {
      return tag.size() > 1 ? new TagBody(Kind.FRAME, codec, false, false, 1, 0) : OTHER;
    }
    int packet = tag.size() < AAC_SIZE ? SEQUENCE_END : tag.byteAt(1);
    if (packet == CODED_FRAMES) {
      return new TagBody(Kind.FRAME, codec, false, false, AAC_SIZE, 0);
    }
    return packet == SEQUENCE_START && tag.size() > AAC_SIZE
        ? new TagBody(Kind.CONFIG, codec, false, false, AAC_SIZE, 0)
        : OTHER;
  }

  private static TagBody enhancedAudio(FlvTag tag, int first) {
    int packet = first & 0x0F;
    if (packet == AUDIO_MULTITRACK || packet == MOD_EX) {
      return new TagBody(Kind.WRAPPED, null, true, false, 0, 0);
    }
    boolean wanted = packet == SEQUENCE_START || packet == CODED_FRAMES;
    if (!wanted || tag.size() <= ENHANCED_SIZE) {
      return OTHER;
    }
    Codec codec = Codec.ofFourCc(Track.AUDIO, tag.intAt(1));
    if (codec == null) {
      return foreign();
    }
    Kind kind = packet == SEQUENCE_START ? Kind.CONFIG : Kind.FRAME;
    return new TagBody(kind, codec, true, false, ENHANCED_SIZE, 0);
  }

  private static TagBody foreign() {
    return new TagBody(Kind.FOREIGN, null, false, false, 0, 0);
  }

  private static int signed24(FlvTag tag, int at) {
    return (tag.byteAt(at) << 24 | tag.byteAt(at + 1) << 16 | tag.byteAt(at + 2) << 8) >> 8;
  }
}
