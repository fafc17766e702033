package dev.sluice.media.flv;

/** The tracks of a recording. */
public enum Track {
  VIDEO(33),
  AUDIO(23);

  private final long usualStepMs;

  Track(long usualStepMs) {
    this.usualStepMs = usualStepMs;
  }

  /**
   * The length of one frame while nothing better is known: 30 pictures a second, AAC at 44.1 kHz.
   */
  long usualStepMs() {
    return usualStepMs;
  }

  static Track of(FlvTag tag) {
    return tag.isVideo() ? VIDEO : AUDIO;
  }

  Track other() {
    return this == VIDEO ? AUDIO : VIDEO;
  }
}
