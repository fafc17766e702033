package dev.sluice.media.flv;

/** What pictures and sound are coded in, as far as it is recorded (flv.md §2, §3). */
public enum Codec {
  AVC("H.264", Track.VIDEO, "avc1", 7),
  HEVC("H.265", Track.VIDEO, "hvc1", 12),
  AV1("AV1", Track.VIDEO, "av01", -1),
  VP9("VP9", Track.VIDEO, "vp09", -1),
  AAC("AAC", Track.AUDIO, "mp4a", 10),
  MP3("MP3", Track.AUDIO, ".mp3", 2),
  OPUS("Opus", Track.AUDIO, "Opus", -1);

  private static final int MP3_8_KHZ = 14;

  private final String words;
  private final Track track;
  private final int fourCc;
  private final int id;

  Codec(String words, Track track, String fourCc, int id) {
    this.words = words;
    this.track = track;
    this.fourCc = number(fourCc);
    this.id = id;
  }

  private static int number(String fourCc) {
    int number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | fourCc.charAt(i);
    }
    return number;
  }

  /** The name that people know. */
  public String words() {
    return words;
  }

  public Track track() {
    return track;
  }

  /** Four letters as a number, as the enhanced header has them. */
  int fourCc() {
    return fourCc;
  }

  /** The number of the legacy header; -1 where it has none. */
  int id() {
    return id;
  }

  /** Whether composition times stand before the data of {@code CodedFrames}. */
  boolean hasComposition() {
    return this == AVC || this == HEVC;
  }

  /** Of the legacy header; null for one that is not recorded. */
  static Codec ofId(Track track, int id) {
    int known = track == Track.AUDIO && id == MP3_8_KHZ ? MP3.id : id;
    for (Codec codec : values()) {
      if (codec.track == track && codec.id == known) {
        return codec;
      }
    }
    return null;
  }

  /** Of the enhanced header; null for one that is not recorded. */
  static Codec ofFourCc(Track track, int fourCc) {
    for (Codec codec : values()) {
      if (codec.track == track && codec.fourCc == fourCc) {
        return codec;
      }
    }
    return null;
  }
}
