package dev.sluice.media.flv;

import java.util.Optional;

/**
 * The size of pictures and how often they come, as their configuration says it.
 *
 * @param width pixels, cropping taken off
 * @param height pixels, cropping taken off
 * @param framesPerSecond 0 when it is not said
 */
public record Picture(int width, int height, double framesPerSecond) {
  private static final int MAX_SIDE = 16_384;

  /** Empty when the configuration does not say it, or cannot be understood: it may be anything. */
  public static Optional<Picture> of(CodecConfig config) {
    byte[] record = config.record();
    try {
      Optional<Picture> picture =
          switch (config.codec()) {
            case AVC -> AvcPicture.of(record);
            case HEVC -> HevcPicture.of(record);
            case AV1 -> Av1Picture.of(record);
            default -> config.shown();
          };
      return picture.filter(Picture::isPlausible);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private boolean isPlausible() {
    return width > 0 && width <= MAX_SIDE && height > 0 && height <= MAX_SIDE;
  }
}
