package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.settings.YamlNode.Entry;
import dev.sluice.settings.YamlNode.Mapping;
import dev.sluice.settings.YamlNode.Scalar;
import dev.sluice.settings.YamlNode.Sequence;
import java.util.List;

/** The text of a file after one edit of one mapping or sequence, in block or flow style. */
final class Edits {
  private final String text;
  private final Lines lines;
  private final YamlText yaml;

  Edits(String text) {
    this.text = text;
    this.lines = new Lines(text);
    this.yaml = new YamlText(lines.eol());
  }

  Lines lines() {
    return lines;
  }

  String replace(int start, int end, String by) {
    return text.substring(0, start) + by + text.substring(end);
  }

  /** Adds a key behind the others. */
  String add(Mapping mapping, String key, JsonNode value) {
    List<Entry> entries = mapping.entries();
    if (!mapping.flow()) {
      return insertLines(mapping.place().end(), yaml.entry(key, value, indent(mapping)));
    }
    String pair = yaml.pair(key, value);
    if (entries.isEmpty()) {
      return insert(text.indexOf('{', mapping.place().start()) + 1, pair);
    }
    return insert(entries.get(entries.size() - 1).end(), ", " + pair);
  }

  /** Adds an item behind the others, of which there is at least one. */
  String append(Sequence sequence, JsonNode item) {
    if (sequence.flow()) {
      YamlNode last = sequence.items().get(sequence.items().size() - 1);
      return insert(last.place().end(), ", " + yaml.inline(item));
    }
    String indent = lines.before(lines.dash(sequence.items().get(0).place().start()));
    return insertLines(sequence.place().end(), yaml.item(item, indent));
  }

  /** Puts another value behind a key. */
  String replace(Mapping mapping, Entry entry, JsonNode value) {
    int colon = behindColon(entry);
    Place old = entry.value().place();
    if (!mapping.flow() && YamlText.isBlock(value)) {
      return replaceByBlock(entry, colon, yaml.afterColon(value, indent(mapping)));
    }
    String inline = yaml.inline(value);
    if (old.start() == old.end()) {
      return insert(colon, " " + inline);
    }
    if (isInline(entry.value()) || lines.sameLine(colon, old.start())) {
      return replace(old.start(), old.end(), inline);
    }
    String comment = text.substring(colon, lines.end(colon));
    return replace(colon, lines.end(old.end()), " " + inline + comment);
  }

  /**
   * @param block starts with a line end
   */
  private String replaceByBlock(Entry entry, int colon, String block) {
    Place old = entry.value().place();
    boolean below = !lines.sameLine(colon, old.start());
    if (old.start() == old.end()) {
      return insert(lines.end(colon), block);
    }
    if (below) {
      int above = lines.end(lines.start(old.start()) - 1);
      return replace(above, lines.end(old.end()), block);
    }
    String rest = text.substring(old.end(), lines.end(old.end()));
    return replace(colon, lines.end(old.end()), rest + block);
  }

  /** Takes a key with its value out. */
  String remove(Mapping mapping, Entry entry) {
    int index = mapping.entries().indexOf(entry);
    if (mapping.flow()) {
      List<Span> spans = mapping.entries().stream().map(Span::of).toList();
      return removeFlow(spans, index);
    }
    int start = entry.key().place().start();
    if (lines.before(start).isBlank()) {
      return replace(lines.start(start), lines.next(entry.end()), "");
    }
    if (index + 1 == mapping.entries().size()) {
      return replace(start, entry.end(), "{}");
    }
    int next = mapping.entries().get(index + 1).key().place().start();
    int end = lines.end(entry.end());
    if (text.substring(end, next).isBlank()) {
      return replace(start, next, "");
    }
    // Comments stand between: they stay, and the next key stays below them.
    return replace(lines.start(start) + lines.before(start).stripTrailing().length(), end, "");
  }

  /** Takes an item out. */
  String remove(Sequence sequence, int index) {
    if (sequence.flow()) {
      return removeFlow(sequence.items().stream().map(Span::of).toList(), index);
    }
    Place item = sequence.items().get(index).place();
    int dash = lines.dash(item.start());
    if (!lines.before(dash).isBlank()) {
      throw ChangeException.byHand();
    }
    return replace(lines.start(dash), lines.next(item.end()), "");
  }

  private String removeFlow(List<Span> spans, int index) {
    Span span = spans.get(index);
    if (index > 0 && index + 1 == spans.size()) {
      int previous = spans.get(index - 1).end();
      String between = text.substring(previous, span.start());
      if (!between.contains("\n") && !between.contains("#")) {
        return replace(previous, span.end(), "");
      }
    }
    return replace(span.start(), behindComma(span.end()), "");
  }

  /** Behind the comma and the spaces that follow a flow entry; the same offset without a comma. */
  private int behindComma(int entryEnd) {
    int at = lines.skipBlank(entryEnd);
    if (at >= text.length() || text.charAt(at) != ',') {
      return entryEnd;
    }
    do {
      at++;
    } while (at < text.length() && text.charAt(at) == ' ');
    return at;
  }

  private record Span(int start, int end) {
    static Span of(Entry entry) {
      return new Span(entry.key().place().start(), entry.end());
    }

    static Span of(YamlNode node) {
      return new Span(node.place().start(), node.place().end());
    }
  }

  private String insert(int at, String added) {
    return replace(at, at, added);
  }

  private String insertLines(int behind, String added) {
    return insert(lines.end(behind), lines.eol() + added);
  }

  private int behindColon(Entry entry) {
    int at = lines.skipBlank(entry.key().place().end());
    if (at >= text.length() || text.charAt(at) != ':') {
      throw ChangeException.byHand();
    }
    return at + 1;
  }

  private static String indent(Mapping mapping) {
    return " ".repeat(mapping.entries().get(0).key().place().column() - 1);
  }

  private static boolean isInline(YamlNode node) {
    return node instanceof Scalar
        || node instanceof YamlNode.Alias
        || node instanceof Mapping mapping && mapping.flow()
        || node instanceof Sequence sequence && sequence.flow();
  }
}
