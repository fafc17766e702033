package dev.sluice.record;

import java.util.ArrayList;
import java.util.List;

/** Names that people, sites and attackers give to rooms and broadcasts. */
final class HostileNames {
  private static final List<String> WHOLE =
      List.of(
          "",
          " ",
          "\t\r\n",
          ".",
          "..",
          "...",
          ". .",
          "/",
          "//",
          "../../etc/passwd",
          "..\\..\\windows",
          "/etc/passwd",
          "C:\\Windows\\system32",
          "\\\\server\\share",
          "~",
          "~root",
          "-rf",
          "--help",
          "$(reboot)",
          "`reboot`",
          "a;b&c",
          "%00",
          "%2e%2e%2f",
          "\u037e",
          "\u1fef",
          "\u2024\u2024",
          "\uff0f",
          "\u2215",
          "\ufeff",
          "\u200b",
          "\u2028",
          "\u0344",
          "a\u0338",
          "<\u0338>\u0338",
          "\ud83d",
          "\ude00\ud83d",
          "\ud83d\ud83d\ude00",
          "👨‍👩‍👧‍👦",
          "🇨🇳",
          "ﷺ",
          "עברית",
          "العربية",
          "ไทย",
          "한국어",
          "日本語 配信中!",
          "【直播】今晚8点/不见不散?",
          ".sluice",
          "lost+found",
          "Thumbs.db",
          "file.flv.12.part");

  private static final List<String> DEVICES =
      List.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private static final List<String> LONG =
      List.of("a", "长", "😀", "e\u0301", ".", " ", "/", "\u0000", "\ud800", "\u202e", "_.", "a .");

  private HostileNames() {}

  static List<String> all() {
    List<String> names = new ArrayList<>(WHOLE);
    for (String device : DEVICES) {
      names.addAll(List.of(device, device.toUpperCase(java.util.Locale.ROOT)));
      names.addAll(List.of(device + ".flv", device + " .x", "." + device, device + "."));
    }
    for (String unit : LONG) {
      for (int count : new int[] {69, 206, 207, 208, 300, 3000}) {
        names.add(unit.repeat(count));
        names.add("." + unit.repeat(count));
        names.add("x" + unit.repeat(count) + ".y");
      }
    }
    for (char c = 0; c < 0x20; c++) {
      names.add("a" + c + "b");
      names.add("" + c);
    }
    return names;
  }
}
