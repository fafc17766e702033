package dev.sluice.media.flv;

import java.util.Arrays;
import java.util.Optional;

/**
 * A decoder configuration, compared by meaning: two configurations are equal when the same decoder
 * can go on, in the same kind of tag.
 */
public final class CodecConfig {
  private static final byte[] NONE = {};

  private final Codec codec;
  private final boolean enhanced;
  private final byte[] payload;
  private final byte[] record;
  private final byte[] meaning;
  private final Optional<Picture> shown;

  private CodecConfig(Codec codec, boolean enhanced, byte[] payload, byte[] record) {
    this(codec, enhanced, payload, record, Optional.empty());
  }

  private CodecConfig(
      Codec codec, boolean enhanced, byte[] payload, byte[] record, Optional<Picture> shown) {
    this.shown = shown;
    this.codec = codec;
    this.enhanced = enhanced;
    this.payload = payload;
    this.record = record;
    this.meaning = ConfigMeaning.of(codec, record);
  }

  /** Of a tag for which {@link FlvTag#isConfig()} holds. */
  public static CodecConfig of(FlvTag tag) {
    byte[] payload = tag.copyPayload();
    byte[] record = Arrays.copyOfRange(payload, tag.dataAt(), payload.length);
    return new CodecConfig(
        tag.codec(), tag.isEnhanced(), payload, ConfigMeaning.record(tag.codec(), record));
  }

  /**
   * Of a frame whose codec has no configuration tags: what its own header says.
   *
   * @return empty for all other codecs, and for a header that cannot be understood
   */
  public static Optional<CodecConfig> ofFrame(FlvTag frame) {
    if (frame.codec() != Codec.MP3 || frame.size() < frame.dataAt() + Mp3Sound.HEADER_SIZE) {
      return Optional.empty();
    }
    return Mp3Sound.of(frame.intAt(frame.dataAt()))
        .map(sound -> new CodecConfig(Codec.MP3, frame.isEnhanced(), NONE, sound.record()));
  }

  /**
   * With what a key frame says where the configuration does not: the size of VP9. A frame of
   * another size begins another configuration.
   */
  public CodecConfig shownBy(FlvTag keyFrame) {
    if (codec != Codec.VP9 || keyFrame.codec() != Codec.VP9 || !keyFrame.isKeyFrame()) {
      return this;
    }
    Optional<Picture> picture = Vp9Picture.of(keyFrame);
    return picture.isEmpty() || picture.equals(shown)
        ? this
        : new CodecConfig(codec, enhanced, payload, record, picture);
  }

  /** What a key frame said. */
  Optional<Picture> shown() {
    return shown;
  }

  public Codec codec() {
    return codec;
  }

  public Track track() {
    return codec.track();
  }

  /** Whether its tags have the enhanced header. */
  public boolean isEnhanced() {
    return enhanced;
  }

  /** The whole payload of its tag, empty for a codec without; not to be changed. */
  public byte[] payload() {
    return payload;
  }

  /**
   * What MP4 wants of it, not to be changed: avcC, hvcC, av1C, vpcC without version and flags,
   * AudioSpecificConfig, OpusHead; for MP3 what {@link Mp3Sound} wrote.
   */
  public byte[] record() {
    return record;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecConfig that
        && codec == that.codec
        && enhanced == that.enhanced
        && shown.equals(that.shown)
        && Arrays.equals(meaning, that.meaning);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(meaning);
  }
}
