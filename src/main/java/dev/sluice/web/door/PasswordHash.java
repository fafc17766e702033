package dev.sluice.web.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2-HMAC-SHA256 (RFC 8018). Making and checking one is slow on
 * purpose: never on an event loop.
 *
 * @param rounds at least 1
 */
public record PasswordHash(byte[] salt, int rounds, byte[] hash) {
  /** Characters that a password must have. */
  public static final int MIN_LENGTH = 8;

  /** Bytes in UTF-8 that it may have. */
  public static final int MAX_BYTES = 1024;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final long AIM_NANOS = 250_000_000;
  private static final int SAMPLE = 20_000;
  private static final int LEAST = 100_000;
  private static final int MOST = 10_000_000;

  /** Why this cannot be a password; empty when it can. */
  public static Optional<String> problem(String password) {
    if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
      return Optional.of("password: it must have at least " + MIN_LENGTH + " characters");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("password: it may have at most " + MAX_BYTES + " bytes");
    }
    return Optional.empty();
  }

  /** Of a new password, with rounds that take this machine about 250 ms. Takes half a second. */
  public static PasswordHash of(String password) {
    return of(password, calibrated());
  }

  static PasswordHash of(String password, int rounds) {
    byte[] salt = Tokens.bytes(SALT_BYTES);
    return new PasswordHash(salt, rounds, derive(password, salt, rounds));
  }

  /** Of no password that anybody knows: its randomness needs no slow hash. */
  public static PasswordHash ofNone() {
    return of(Tokens.random(), 1);
  }

  /** Whether this is the password. */
  public boolean fits(String password) {
    return !password.isEmpty()
        && password.length() <= MAX_BYTES
        && MessageDigest.isEqual(hash, derive(password, salt, rounds));
  }

  private static int calibrated() {
    byte[] salt = Tokens.bytes(SALT_BYTES);
    derive("warm up", salt, SAMPLE);
    long begin = System.nanoTime();
    derive("measure", salt, SAMPLE);
    long took = Math.max(1, System.nanoTime() - begin);
    return (int) Math.max(LEAST, Math.min(MOST, AIM_NANOS * SAMPLE / took));
  }

  private static byte[] derive(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
