package dev.sluice.room;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Why something is as it is: a text key with values for the page's languages, and the same as an
 * English sentence for logs, API and command line.
 *
 * @param key text key under which the page's language files have the sentence
 * @param values values to put into the sentence; never secrets
 * @param text the English sentence, without a final full stop
 */
public record Reason(String key, Map<String, String> values, String text) {
  public Reason {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(text, "text");
    values = Map.copyOf(new TreeMap<>(values));
  }

  /** A reason whose sentence needs no values. */
  public static Reason of(String key, String text) {
    return new Reason(key, Map.of(), text);
  }

  /** A reason whose sentence needs one value. */
  public static Reason of(String key, String name, String value, String text) {
    return new Reason(key, Map.of(name, value), text);
  }

  @Override
  public String toString() {
    return text;
  }
}
