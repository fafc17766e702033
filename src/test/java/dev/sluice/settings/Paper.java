package dev.sluice.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The papers about the settings, made from the field table: the example file and the lists. */
final class Paper {
  private static final List<String> HEAD =
      List.of(
          "# yaml-language-server: $schema=../docs/sluice.schema.json",
          "# Settings of Sluice. Every line that is switched off with \"#\" shows its default or an"
              + " example;",
          "# take the \"#\" away to switch it on. The page writes into this file too and leaves"
              + " comments alone.",
          "# Changes are noticed while Sluice runs; a mistake leaves the last good settings in"
              + " force.",
          "# Durations: 250ms, 90s, 5m, 1h30m, 7d. Sizes: 500MB, 2GiB, or bytes.",
          "# Sluice 的设置。以“#”关闭的行是默认值或示例，去掉“#”即可启用。网页也会写入本文件，注释会保留。",
          "# 运行中修改会自动生效；写错时继续使用上一份正确的设置。");

  private final StringBuilder text = new StringBuilder();
  private final TreeSet<String> explained = new TreeSet<>();

  private Paper() {}

  /** What {@code conf/sluice.yaml} holds. */
  static String example() {
    Paper paper = new Paper();
    HEAD.forEach(line -> paper.line("", line));
    for (String group : List.of("server", "recordings", "monitor", "storage")) {
      paper.heading(group);
      paper.nested(group, Scope.GLOBAL, "", List.of());
    }
    paper.heading("targets");
    paper.line("", "targets:").line("  ", "#nas:").fields(Scope.TARGET, "    ", List.of());
    paper.heading("webhooks");
    paper.line("", "webhooks:").line("  ", "#chat:").fields(Scope.WEBHOOK, "    ", List.of());
    paper.heading("platforms");
    paper.line("", "platforms:").line("  ", "#direct:");
    paper.fields(Scope.PLATFORM, "    ", List.of("cookie"));
    paper.line("  ", "#bilibili:").one(FieldTable.COOKIE, Scope.PLATFORM, "    ");
    paper.heading("rooms");
    paper.line("", "rooms:").line("  ", "#- https://live.example.com/1.flv");
    paper.line("  ", "#- link: https://live.example.com/2.flv");
    paper.fields(Scope.ROOM, "    ", List.of("link", "cookie", "record"));
    paper.line("  ", "#- link: https://live.example.com/3.flv");
    paper.one(FieldTable.COOKIE, Scope.ROOM, "    ");
    paper.line("  ", "#- link: https://live.example.com/4.flv");
    paper.explain(FieldTable.RECORD, "    ").line("    ", "#record: true");
    return paper.text.toString();
  }

  private void heading(String group) {
    text.append('\n');
    line("", "# " + FieldTexts.group("en", group) + ".");
    line("", "# " + FieldTexts.group("zh", group) + "。");
  }

  private Paper line(String indent, String line) {
    text.append(indent).append(line).append('\n');
    return this;
  }

  /** A section of the whole file: its mappings are switched on, its values are not. */
  private void nested(String key, Scope scope, String indent, List<String> without) {
    line(indent, key + ":");
    Map<String, List<Field<?>>> inner = new LinkedHashMap<>();
    tree(scope, key + ".", without)
        .forEach(
            (next, fields) -> {
              if (fields.size() == 1 && fields.get(0).path(scope).equals(key + "." + next)) {
                one(fields.get(0), scope, indent + "  ");
              } else {
                inner.put(next, fields);
              }
            });
    inner.keySet().forEach(next -> below(key + "." + next, next, scope, indent + "  "));
  }

  private void below(String path, String key, Scope scope, String indent) {
    line(indent, key + ":");
    tree(scope, path + ".", List.of())
        .values()
        .forEach(fields -> one(fields.get(0), scope, indent + "  "));
  }

  /** All fields of a scope, everything switched off. */
  private void fields(Scope scope, String indent, List<String> without) {
    fields("", scope, indent, without);
  }

  private void fields(String prefix, Scope scope, String indent, List<String> without) {
    tree(scope, prefix, without)
        .forEach(
            (key, fields) -> {
              if (fields.size() == 1 && fields.get(0).path(scope).equals(prefix + key)) {
                one(fields.get(0), scope, indent);
              } else {
                line(indent, "#" + key + ":");
                fields(prefix + key + ".", scope, indent + "  ", without);
              }
            });
  }

  private static Map<String, List<Field<?>>> tree(
      Scope scope, String prefix, List<String> without) {
    Map<String, List<Field<?>>> tree = new LinkedHashMap<>();
    for (Field<?> field : FieldTable.fields(scope)) {
      String path = field.path(scope);
      if (path.startsWith(prefix) && !without.contains(path)) {
        String key = path.substring(prefix.length()).split("\\.")[0];
        tree.computeIfAbsent(key, k -> new java.util.ArrayList<>()).add(field);
      }
    }
    return tree;
  }

  private Paper one(Field<?> field, Scope scope, String indent) {
    explain(field, indent);
    String path = field.path(scope);
    String key = path.substring(path.lastIndexOf('.') + 1);
    String value = field.example().startsWith("{") ? '"' + field.example() + '"' : field.example();
    return line(indent, "#" + (key.equals("*") ? "X-Example" : key) + ": " + value);
  }

  /** Once for each field, above it. */
  private Paper explain(Field<?> field, String indent) {
    if (explained.add(field.key())) {
      String range = range(field, " to ");
      String help = FieldTexts.help("en", field);
      String english = range.isEmpty() ? help : help + " (" + range + ")";
      line(indent, "# " + english).line(indent, "# " + FieldTexts.help("zh", field));
    }
    return this;
  }

  /** The bounds and words of a field's values; empty where there is nothing to say. */
  static String range(Field<?> field, String between) {
    Kind<?> kind = field.kind();
    String off = kind.off() ? ", off" : "";
    if (!kind.choices().isEmpty()) {
      return String.join(", ", kind.choices());
    }
    return kind.least().map(least -> least + between + kind.most().orElse("") + off).orElse("");
  }

  /**
   * The list of all settings.
   *
   * @param language {@code en} or {@code zh}
   */
  static String list(String language) {
    return new ListPaper(language).text();
  }
}
