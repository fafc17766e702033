package dev.sluice.platform;

/** A link that no room can be made of; the message says why and what to do. */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String key;

  /**
   * @param key text key of the message
   */
  public LinkException(String key, String message) {
    super(message);
    this.key = key;
  }

  public String key() {
    return key;
  }
}
