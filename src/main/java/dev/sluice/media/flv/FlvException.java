package dev.sluice.media.flv;

/** The bytes are not the FLV that they should be. */
public final class FlvException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the bytes are instead. */
  public enum Kind {
    /** An HLS playlist. */
    PLAYLIST,
    /** Something else from the first byte on, such as an error page. */
    NOT_FLV,
    /** FLV that broke in the middle. */
    BROKEN,
    /** FLV with a codec that is not recorded yet. */
    CODEC
  }

  private final Kind kind;

  public FlvException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
