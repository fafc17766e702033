package dev.sluice.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Objects;

/**
 * The identity of a room: the platform's name and the id that the platform itself uses. Two links
 * with the same key are the same room.
 *
 * @param platform lower-case name of the platform, for example {@code direct}
 * @param id the platform's stable id; for {@code direct} the normalised address
 */
public record RoomKey(String platform, String id) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int PUBLIC_ID_LENGTH = 16;

  public RoomKey {
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(id, "id");
    if (platform.isEmpty() || !platform.equals(platform.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("platform must be a lower-case name: " + platform);
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
  }

  /** Reads what {@link #toString()} wrote. */
  public static RoomKey parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a room key: " + text);
    }
    return new RoomKey(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * An opaque, URL-safe and file-name-safe form of this key: 16 characters a-z2-7, the same on
   * every machine and after every restart.
   */
  public String publicId() {
    byte[] digest = sha256(toString());
    StringBuilder id = new StringBuilder(PUBLIC_ID_LENGTH);
    int bits = 0;
    int held = 0;
    for (int i = 0; id.length() < PUBLIC_ID_LENGTH; i++) {
      bits = (bits << 8) | (digest[i] & 0xFF);
      held += 8;
      while (held >= 5 && id.length() < PUBLIC_ID_LENGTH) {
        held -= 5;
        id.append(ALPHABET.charAt((bits >> held) & 31));
      }
    }
    return id.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return platform + ":" + id;
  }
}
