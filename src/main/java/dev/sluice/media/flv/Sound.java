package dev.sluice.media.flv;

import java.util.Optional;

/**
 * The sample rate and channels of sound, as its configuration says them.
 *
 * @param sampleRate hertz
 * @param channels 0 when the stream itself says it
 */
public record Sound(int sampleRate, int channels) {
  private static final int OPUS_RATE = 48_000;

  /** Empty when the configuration does not say it, or cannot be understood. */
  public static Optional<Sound> of(CodecConfig config) {
    return switch (config.codec()) {
      case AAC -> AacSound.of(config.record());
      case MP3 -> {
        Mp3Sound sound = Mp3Sound.ofRecord(config.record());
        yield Optional.of(new Sound(sound.sampleRate(), sound.channels()));
      }
      case OPUS -> OpusSound.of(config.record()).map(head -> new Sound(OPUS_RATE, head.channels()));
      default -> Optional.empty();
    };
  }
}
