package dev.sluice.media.flv;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The front of a file of ours: FLV header, a metadata tag with room for what is only known later,
 * and the decoder configurations. Its size never changes; {@link #times} and {@link #index} are
 * written over it in place.
 */
public final class FlvHead {
  private static final int MAX_METADATA = 1024;

  private final byte[] bytes;
  private final int timesAt;
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
    ByteBuffer to = ByteBuffer.allocate(MAX_METADATA + index.encodedSize() + configs);
    to.put((byte) 'F').put((byte) 'L').put((byte) 'V').put((byte) 1);
    to.put((byte) ((video == null ? 0 : 1) | (audio == null ? 0 : 4)));
    to.putInt(9).putInt(0);
    int tagAt = to.position();
    to.position(tagAt + FlvTag.HEADER_SIZE);
    Amf.string(to, "onMetaData");
    to.put((byte) Amf.ECMA_ARRAY).putInt(entries(video, audio));
    timesAt = to.position();
    putTimes(to, 0, 0);
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

  /** Offset at which {@link #times} belongs. */
  public int timesAt() {
    return timesAt;
  }

  /** Offset at which {@link #index} belongs. */
  public int indexAt() {
    return indexAt;
  }

  /** Duration and file size, to be written at {@link #timesAt()}. */
  public static ByteBuffer times(long durationMs, long fileSize) {
    ByteBuffer to = ByteBuffer.allocate(64);
    putTimes(to, durationMs, fileSize);
    return to.flip();
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

  private static void putTimes(ByteBuffer to, long durationMs, long fileSize) {
    Amf.key(to, "duration");
    Amf.number(to, durationMs / 1000.0);
    Amf.key(to, "filesize");
    Amf.number(to, fileSize);
  }

  private static int entries(CodecConfig video, CodecConfig audio) {
    return 2 + 5 + (video == null ? 0 : 4) + (audio == null ? 0 : 3);
  }

  private static void putTracks(ByteBuffer to, CodecConfig video, CodecConfig audio) {
    if (video != null) {
      Optional<AvcPicture> picture = AvcPicture.of(video.record());
      put(to, "width", picture.map(AvcPicture::width).orElse(0));
      put(to, "height", picture.map(AvcPicture::height).orElse(0));
      put(to, "framerate", picture.map(AvcPicture::framesPerSecond).orElse(0.0));
      put(to, "videocodecid", 7);
    }
    if (audio != null) {
      Optional<AacSound> sound = AacSound.of(audio.record());
      put(to, "audiocodecid", 10);
      put(to, "audiosamplerate", sound.map(AacSound::sampleRate).orElse(0));
      Amf.key(to, "stereo");
      Amf.bool(to, sound.map(AacSound::channels).orElse(2) > 1);
    }
    Amf.key(to, "hasVideo");
    Amf.bool(to, video != null);
    Amf.key(to, "hasAudio");
    Amf.bool(to, audio != null);
    Amf.key(to, "hasKeyframes");
    Amf.bool(to, true);
  }

  private static void put(ByteBuffer to, String key, double value) {
    Amf.key(to, key);
    Amf.number(to, value);
  }

  private static void putConfig(ByteBuffer to, CodecConfig config, int type) {
    if (config != null) {
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
