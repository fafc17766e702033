package dev.sluice.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Labels and help of the fields in both languages; read once, when somebody first wants them. */
public final class FieldTexts {
  /** The languages there are. */
  public static final List<String> LANGUAGES = List.of("en", "zh");

  private static final Map<String, Map<String, String>> TEXTS =
      Map.of("en", load("en"), "zh", load("zh"));

  private FieldTexts() {}

  /**
   * The short name of a field.
   *
   * @param language {@code en} or {@code zh}
   */
  public static String label(String language, Field<?> field) {
    return text(language, field.key());
  }

  /** What a field does, in a sentence or two. */
  public static String help(String language, Field<?> field) {
    return text(language, field.key() + ".help");
  }

  /** What a group of fields is about. */
  public static String group(String language, String group) {
    return text(language, "group." + group);
  }

  static Map<String, String> all(String language) {
    return TEXTS.get(language);
  }

  private static String text(String language, String key) {
    String text = TEXTS.get(language).get(key);
    if (text == null) {
      throw new IllegalStateException("no text for " + key + " in " + language);
    }
    return text;
  }

  private static Map<String, String> load(String language) {
    String name = "fields." + language + ".json";
    try (InputStream in = FieldTexts.class.getResourceAsStream(name)) {
      return new ObjectMapper().readValue(in, new TypeReference<Map<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
