package dev.sluice.platform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what names rooms in a text that people paste: links, one or many a line, also inside of the
 * words that an app shares them with.
 */
public final class ShareText {
  // Chinese goes on right behind the link; no space separates them.
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>\"'`，。、；：！？（）【】《》「」『』“”]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern STOPS = Pattern.compile("[.,;:!?]+$");

  private ShareText() {}

  /**
   * One thing that may name a room.
   *
   * @param text what it stood in
   * @param link to identify: an address, or the whole line where it has none
   */
  public record Entry(String text, String link) {}

  /**
   * The entries of a text in their order. A line without an address (a bare number, a name) is one
   * entry.
   */
  public static List<Entry> entries(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .flatMap(line -> ofLine(line).stream())
        .toList();
  }

  private static List<Entry> ofLine(String line) {
    Set<String> links = new LinkedHashSet<>();
    Matcher matcher = LINK.matcher(line);
    while (matcher.find()) {
      links.add(STOPS.matcher(matcher.group()).replaceFirst(""));
    }
    if (links.isEmpty()) {
      return List.of(new Entry(line, line));
    }
    return links.stream().map(link -> new Entry(links.size() == 1 ? line : link, link)).toList();
  }
}
