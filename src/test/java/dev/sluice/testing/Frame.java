package dev.sluice.testing;

/**
 * One picture or piece of sound, as tests compare them.
 *
 * @param track which track it belongs to
 * @param timestamp milliseconds as on the wire, 0 to 2^32 - 1
 * @param payloadHash SHA-1 of the tag's payload
 * @param key whether it is a key frame of the picture
 */
public record Frame(Track track, long timestamp, String payloadHash, boolean key) {
  /** The two kinds of media in an FLV stream. */
  public enum Track {
    VIDEO,
    AUDIO
  }

  /** The frame in a tag for which {@link FlvTag#isMedia()} holds. */
  public static Frame of(FlvTag tag) {
    return new Frame(
        tag.isVideo() ? Track.VIDEO : Track.AUDIO, tag.timestamp(), tag.sha1(), tag.isKeyFrame());
  }
}
