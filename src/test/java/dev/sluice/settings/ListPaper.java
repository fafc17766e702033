package dev.sluice.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of all settings for people, in one language. */
final class ListPaper {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "en",
          List.of(
              "# Settings",
              "Every setting of the file `sluice.yaml`. A value goes from the whole to the room: what"
                  + " a platform sets goes over the whole, what a room sets goes over both."
                  + " *Whole*, *platform* and *room* say where a setting may stand. What stands for"
                  + " the whole may also be set by an environment variable, which goes over the"
                  + " file: `SLUICE__SERVER__PORT` for `server.port`; items of a list are separated"
                  + " by commas.\n\nDurations are written as `250ms`, `90s`, `1h30m` or `7d`, sizes"
                  + " as `500MB` (powers of 1000), `2GiB` (powers of 1024) or in bytes."
                  + " `sluice schema` prints the JSON Schema of the file for editors.",
              "| setting | what it is | values | default | where | takes effect |",
              "at once,with the next file,with the next broadcast,with the next start",
              "whole,target,webhook,platform,room",
              " to ",
              "list of "),
          "zh",
          List.of(
              "# 设置",
              "文件 `sluice.yaml` 中的全部设置。取值从全局到房间逐级继承：平台的设置覆盖全局，房间的设置覆盖两者。"
                  + "“位置”一栏说明设置可以写在哪一级。全局设置也可以用环境变量指定，优先于文件："
                  + "`SLUICE__SERVER__PORT` 对应 `server.port`；列表各项以逗号分隔。\n\n"
                  + "时长写作 `250ms`、`90s`、`1h30m` 或 `7d`，大小写作 `500MB`（1000 进制）、`2GiB`（1024 进制）或字节数。"
                  + "`sluice schema` 输出供编辑器使用的 JSON Schema。",
              "| 设置 | 说明 | 取值 | 默认值 | 位置 | 何时生效 |",
              "立即,下一个文件,下一场直播,下次启动",
              "全局,目标,通知,平台,房间",
              " 至 ",
              "列表："));
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "en",
          List.of(
              "duration",
              "size",
              "number",
              "true, false",
              "word",
              "text",
              "template",
              "host name",
              "address or network",
              "folder",
              "file",
              "web address",
              "name of a target",
              "event",
              "text"),
          "zh",
          List.of(
              "时长",
              "大小",
              "数字",
              "true, false",
              "选项",
              "文本",
              "模板",
              "主机名",
              "地址或网段",
              "文件夹",
              "文件",
              "网络地址",
              "目标名称",
              "事件",
              "文本"));

  private final String language;
  private final List<String> words;
  private final StringBuilder text = new StringBuilder();

  ListPaper(String language) {
    this.language = language;
    this.words = WORDS.get(language);
  }

  String text() {
    text.append(words.get(0)).append("\n\n").append(words.get(1)).append('\n');
    for (String group : FieldTable.groups()) {
      text.append("\n## ").append(FieldTexts.group(language, group)).append("\n\n");
      text.append(words.get(2)).append("\n|---|---|---|---|---|---|\n");
      FieldTable.fields().stream().filter(f -> f.group().equals(group)).forEach(this::row);
    }
    return text.toString();
  }

  private void row(Field<?> field) {
    String initial = field.initial().map(value -> '`' + value + '`').orElse("");
    String[] whens = words.get(3).split(",");
    String[] scopes = words.get(4).split(",");
    String where =
        Stream.of(Scope.values())
            .filter(field::isIn)
            .map(scope -> scopes[scope.ordinal()])
            .collect(Collectors.joining(", "));
    String cells =
        String.join(
            " | ",
            keys(field),
            FieldTexts.label(language, field) + ". " + FieldTexts.help(language, field),
            values(field),
            initial,
            where,
            whens[field.when().ordinal()]);
    text.append("| ").append(cells).append(" |\n");
  }

  /** Its path for the whole, and where a lower level has another one, that too. */
  private static String keys(Field<?> field) {
    return Stream.concat(
            Stream.of(field.key()),
            Stream.of(Scope.PLATFORM, Scope.ROOM)
                .filter(scope -> field.isIn(scope) && field.isIn(Scope.GLOBAL))
                .map(field::path))
        .distinct()
        .map(key -> '`' + key + '`')
        .collect(Collectors.joining(", "));
  }

  private String values(Field<?> field) {
    String range = Paper.range(field, words.get(5));
    String type = TYPES.get(language).get(field.kind().type().ordinal());
    String off = field.kind().off() && range.isEmpty() ? ", off" : "";
    String one =
        field.kind().choices().isEmpty() && !range.isEmpty() ? type + ", " + range : type + off;
    String words0 = field.kind().choices().isEmpty() ? one : range;
    return (field.list() ? words.get(6) : "") + words0;
  }
}
