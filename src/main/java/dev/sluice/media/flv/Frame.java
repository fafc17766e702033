package dev.sluice.media.flv;

/**
 * A picture or a frame of sound on its way into a file.
 *
 * @param tag its bytes
 * @param track its track
 * @param at on the recording's joined time line, milliseconds
 * @param config the decoder configuration in force, null when none came
 * @param arrivedMs monotonic time of arrival
 * @param gapMs what is missing before it, 0 for nothing
 * @param gapCause why, null for nothing
 */
record Frame(
    FlvTag tag,
    Track track,
    long at,
    CodecConfig config,
    long arrivedMs,
    long gapMs,
    String gapCause) {

  boolean isKey() {
    return tag.isKeyFrame();
  }

  Frame movedTo(long time) {
    return new Frame(tag, track, time, config, arrivedMs, gapMs, gapCause);
  }
}
