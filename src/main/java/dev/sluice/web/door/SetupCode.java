package dev.sluice.web.door;

import java.util.Locale;

/**
 * The code by which whoever reads the console sets the first password. A new one after 10 wrong.
 */
public final class SetupCode {
  private static final int TRIES = 10;

  private String code = Tokens.code();
  private int wrong;

  /** As printed. */
  public String text() {
    return code;
  }

  /** Whether this is it; hyphens, spaces and case do not matter. */
  public boolean fits(String given) {
    return Tokens.same(plain(code), plain(given));
  }

  /** Counts a wrong one; true when the code was used up and is another from now on. */
  public boolean wrong() {
    if (++wrong < TRIES) {
      return false;
    }
    code = Tokens.code();
    wrong = 0;
    return true;
  }

  private static String plain(String text) {
    return text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }
}
