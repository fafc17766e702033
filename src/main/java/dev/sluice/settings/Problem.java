package dev.sluice.settings;

/**
 * One thing that is wrong with a settings file. Holds no secrets.
 *
 * @param line line in the file, from 1
 * @param column column in that line in characters as an editor counts them, from 1
 * @param key path of the setting, for example {@code rooms[2].monitor.every}; empty for the file
 * @param message what is wrong and what to write instead, without a final full stop
 */
public record Problem(int line, int column, String key, String message) {

  @Override
  public String toString() {
    String where = "line " + line + ", column " + column + ": ";
    return key.isEmpty() ? where + message : where + key + ": " + message;
  }
}
