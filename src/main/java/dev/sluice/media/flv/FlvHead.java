package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The front of a file of ours: FLV header, a metadata tag with room for what is only known later,
 * and the decoder configurations. Its size never changes; {@link FlvMeasure#encode} and {@link
 * #index} are written over it in place.
 */
public final class FlvHead {
  private static final int MAX_METADATA = 1024;

  private final byte[] bytes;
  private final int measuredAt;
  private final int indexAt;
  private final int firstTagAt;

  /**
   * @param video configuration, null for none
   * @param audio configuration, null for none
   * @param index its capacity decides the room that is reserved
   */
  public FlvHead(CodecConfig video, CodecConfig audio, KeyFrameIndex index) {
    int configs =
        (video == null ? 0 : video.payload().length + 15)
            + (audio == null ? 0 : audio.payload().length + 15);
    ByteBuffer measured = new FlvMeasure(video).encode(0);
    ByteBuffer to = ByteBuffer.allocate(MAX_METADATA + index.encodedSize() + configs);
    to.put((byte) 'F').put((byte) 'L').put((byte) 'V').put((byte) 1);
    to.put((byte) ((video == null ? 0 : 1) | (audio == null ? 0 : 4)));
    to.putInt(9).putInt(0);
    int tagAt = to.position();
    to.position(tagAt + FlvTag.HEADER_SIZE);
    Amf.string(to, "onMetaData");
    to.put((byte) Amf.ECMA_ARRAY).putInt(entries(video, audio));
    measuredAt = to.position();
    to.put(measured);
    putTracks(to, video, audio);
    Amf.key(to, "keyframes");
    indexAt = to.position();
    index.encode(to);
    Amf.key(to, "metadatacreator");
    Amf.string(to, "Sluice");
    Amf.end(to);
    finishTag(to, tagAt, FlvTag.SCRIPT);
    putConfig(to, video, FlvTag.VIDEO);
    putConfig(to, audio, FlvTag.AUDIO);
    firstTagAt = to.position();
    bytes = new byte[firstTagAt];
    to.flip().get(bytes);
  }

  /** The whole front; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the first frame's tag stands. */
  public int size() {
    return firstTagAt;
  }

  /** Offset at which {@link FlvMeasure#encode} belongs. */
  public int measuredAt() {
    return measuredAt;
  }

  /** Offset at which {@link #index} belongs. */
  public int indexAt() {
    return indexAt;
  }

  /** The index, to be written at {@link #indexAt()}. */
  public static ByteBuffer index(KeyFrameIndex index) {
    ByteBuffer to = ByteBuffer.allocate(index.encodedSize());
    index.encode(to);
    return to.flip();
  }

  /** Adds a tag's header in front of its payload. */
  public static void putTagHeader(ByteBuffer to, int type, int size, long timeMs) {
    to.putInt(type << 24 | size);
    to.putInt((int) ((timeMs & 0xFFFFFF) << 8 | timeMs >> 24 & 0xFF));
    to.put((byte) 0).put((byte) 0).put((byte) 0);
  }

  private static int entries(CodecConfig video, CodecConfig audio) {
    return FlvMeasure.members() + 5 + (video == null ? 0 : 3) + (audio == null ? 0 : 3);
  }

  private static void putTracks(ByteBuffer to, CodecConfig video, CodecConfig audio) {
    if (video != null) {
      Optional<Picture> picture = Picture.of(video);
      put(to, "width", picture.map(Picture::width).orElse(0));
      put(to, "height", picture.map(Picture::height).orElse(0));
      put(to, "videocodecid", number(video));
    }
    if (audio != null) {
      Optional<Sound> sound = Sound.of(audio);
      put(to, "audiocodecid", number(audio));
      put(to, "audiosamplerate", sound.map(Sound::sampleRate).orElse(0));
      Amf.key(to, "stereo");
      Amf.bool(to, sound.map(Sound::channels).orElse(2) > 1);
    }
    Amf.key(to, "hasVideo");
    Amf.bool(to, video != null);
    Amf.key(to, "hasAudio");
    Amf.bool(to, audio != null);
    Amf.key(to, "hasKeyframes");
    Amf.bool(to, true);
  }

  /** Enhanced codecs go by their four letters as a number (flv.md §4). */
  private static double number(CodecConfig config) {
    return config.isEnhanced() ? config.codec().fourCc() : config.codec().id();
  }

  private static void put(ByteBuffer to, String key, double value) {
    Amf.key(to, key);
    Amf.number(to, value);
  }

  private static void putConfig(ByteBuffer to, CodecConfig config, int type) {
    if (config != null && config.payload().length > 0) {
      int tagAt = to.position();
      to.position(tagAt + FlvTag.HEADER_SIZE);
      to.put(config.payload());
      finishTag(to, tagAt, type);
    }
  }

  private static void finishTag(ByteBuffer to, int tagAt, int type) {
    int end = to.position();
    int size = end - tagAt - FlvTag.HEADER_SIZE;
    to.position(tagAt);
    putTagHeader(to, type, size, 0);
    to.position(end);
    to.putInt(FlvTag.HEADER_SIZE + size);
  }
}
