package dev.sluice.web.door;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whose server this is.
 *
 * @param password what is kept of the password
 * @param deviceKey signs the cookies by which browsers are known that signed in before
 * @param sessionsSince sessions that began before this do not count
 * @param language {@code zh} or {@code en} as chosen at the first start, or empty
 */
public record Owner(
    PasswordHash password, String deviceKey, Instant sessionsSince, String language) {

  /** With a password set now: whatever was signed in before is out. */
  public static Owner withPassword(PasswordHash password, String language) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Owner(password, Tokens.random(), now, language);
  }

  /** With another password; which sessions stay is for the caller to say. */
  public Owner changed(PasswordHash next) {
    return new Owner(next, Tokens.random(), sessionsSince, language);
  }

  /** A cookie's value for a browser that has just signed in. */
  public String newDevice() {
    String id = Tokens.random();
    return id + '.' + Tokens.sign(deviceKey, id);
  }

  /** Whether this value was made by {@link #newDevice()} since the password was set. */
  public boolean knows(String device) {
    int dot = device.indexOf('.');
    return dot > 0
        && Tokens.same(device.substring(dot + 1), Tokens.sign(deviceKey, device.substring(0, dot)));
  }
}
