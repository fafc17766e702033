package dev.sluice.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in Prometheus's text format 0.0.4, read as strictly as its own tools do: each family
 * stands together under its HELP and TYPE, no series twice, counters end in {@code _total}.
 */
public final class Exposition {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:E[-+]?[0-9]+)?|NaN|[-+]?Inf)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\n\"])*)\"");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Set<String> closed = new HashSet<>();
  private String family = "";
  private String helped = "";

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Fails with the line that is wrong. */
  public Exposition(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    for (String line : text.split("\n")) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        comment(comment, line);
      } else {
        sample(line);
      }
    }
    long series = samples.stream().map(s -> s.name() + s.labels()).distinct().count();
    if (series != samples.size()) {
      throw new AssertionError("a series stands twice: " + text);
    }
  }

  private void comment(Matcher comment, String line) {
    String name = comment.group(2);
    if (comment.group(1).equals("HELP")) {
      require(!helped.equals(name) && !types.containsKey(name), line);
      helped = name;
      return;
    }
    require(helped.equals(name) && types.put(name, comment.group(3)) == null, line);
    require(Set.of("counter", "gauge").contains(comment.group(3)), line);
    require(!comment.group(3).equals("counter") || name.endsWith("_total"), line);
    closed.add(family);
    family = name;
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    require(sample.matches(), line);
    require(sample.group(1).equals(family) && !closed.contains(family), line);
    samples.add(
        new Sample(family, labels(sample.group(2), line), Double.parseDouble(sample.group(3))));
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    if (text == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(text);
    int at = 0;
    while (label.find(at) && label.start() == at) {
      require(labels.put(label.group(1), plain(label.group(2))) == null, line);
      at = label.end();
      at += at < text.length() && text.charAt(at) == ',' ? 1 : 0;
    }
    require(at == text.length(), line);
    return labels;
  }

  private static String plain(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        c = value.charAt(++i);
        plain.append(c == 'n' ? '\n' : c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static void require(boolean fine, String line) {
    if (!fine) {
      throw new AssertionError("not in the format: " + line);
    }
  }

  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** The families and whether each is a counter or a gauge. */
  public Map<String, String> types() {
    return Map.copyOf(types);
  }

  /** The sum of all series of a name with this label; 0 without any. */
  public double sum(String name, String label, String value) {
    return samples.stream()
        .filter(s -> s.name().equals(name) && value.equals(s.labels().get(label)))
        .mapToDouble(Sample::value)
        .sum();
  }
}
