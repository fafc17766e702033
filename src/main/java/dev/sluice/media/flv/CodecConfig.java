package dev.sluice.media.flv;

import java.util.Arrays;

/**
 * A decoder configuration, compared by meaning: two configurations are equal when the same decoder
 * can go on.
 */
public final class CodecConfig {
  private static final int VIDEO_PREFIX = 5;
  private static final int AUDIO_PREFIX = 2;
  private static final int LENGTH_AT = 4;
  private static final int COUNT_AT = 5;

  private final Track track;
  private final byte[] payload;
  private final byte[] meaning;

  private CodecConfig(Track track, byte[] payload) {
    this.track = track;
    this.payload = payload;
    this.meaning = track == Track.VIDEO ? plainVideo(payload) : plainAudio(payload);
  }

  /** Of a tag for which {@link FlvTag#isConfig()} holds. */
  public static CodecConfig of(FlvTag tag) {
    return new CodecConfig(Track.of(tag), tag.copyPayload());
  }

  public Track track() {
    return track;
  }

  /** The whole payload of the tag; not to be changed. */
  public byte[] payload() {
    return payload;
  }

  /** The avcC or the AudioSpecificConfig; not to be changed. */
  public byte[] record() {
    return meaning;
  }

  private static byte[] plainVideo(byte[] payload) {
    byte[] config = tail(payload, VIDEO_PREFIX);
    if (config.length > COUNT_AT) {
      // Reserved bits, which some encoders leave unset (flv.md §2.2).
      config[LENGTH_AT] |= (byte) 0xFC;
      config[COUNT_AT] |= (byte) 0xE0;
    }
    return config;
  }

  private static byte[] plainAudio(byte[] payload) {
    byte[] config = tail(payload, AUDIO_PREFIX);
    int end = config.length;
    // Explicit "no SBR" says what its absence says (flv.md §3).
    boolean noSbr =
        end >= 5
            && (config[end - 3] & 0xFF) == 0x56
            && (config[end - 2] & 0xFF) == 0xE5
            && config[end - 1] == 0;
    return noSbr ? Arrays.copyOf(config, end - 3) : config;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecConfig that
        && track == that.track
        && Arrays.equals(meaning, that.meaning);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(meaning);
  }
}
