package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.settings.Settings.RoomEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random files in every way of writing, random changes: the value arrives, no other setting moves,
 * and every line that does not write the changed setting stays byte for byte.
 */
class SplicePropertyTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);
  private static final String[] STRINGS = {
    "plain", "a: b # c", "- x", "yes", "12", "\"q'", "😀 直播", "{a}, [b]", "#", "~", "tail ", "\\"
  };

  /**
   * A line of a generated file.
   *
   * @param owner path of the setting that this line writes; empty: a comment or a heading
   */
  private record Line(String owner, String text) {}

  @Property(tries = 1500)
  void aChangeTouchesOnlyItsOwnLines(@ForAll Random random) throws Exception {
    List<Line> lines = file(random);
    String eol = random.nextBoolean() ? "\n" : "\r\n";
    String text = String.join(eol, lines.stream().map(Line::text).toList());
    text = random.nextInt(4) == 0 ? text : text + eol;
    Settings before = READER.read(text);
    Change change = change(random, before.rooms().size());
    SettingsWriter.Written written = WRITER.write(text, List.of(change));

    assertArrived(change, before, written.settings());
    List<String> kept =
        lines.stream()
            .filter(line -> !touches(change, line.owner()))
            .map(line -> bare(line.text()))
            .toList();
    assertSubsequence(kept, written.text(), text);
    assertEquals(READER.read(written.text()), written.settings());
    if (eol.equals("\r\n") && text.contains(eol)) {
      assertTrue(!written.text().replace("\r\n", "").contains("\n"), "CRLF stays CRLF");
    }
  }

  @Property(tries = 300)
  void manyChangesInARowStayReadable(@ForAll Random random) throws Exception {
    String text = String.join("\n", file(random).stream().map(Line::text).toList());
    Settings settings = READER.read(text);
    for (int i = 0; i < 12; i++) {
      Change change = change(random, settings.rooms().size());
      SettingsWriter.Written written = WRITER.write(text, List.of(change));
      assertArrived(change, settings, written.settings());
      text = written.text();
      settings = written.settings();
    }
  }

  private static void assertSubsequence(List<String> kept, String after, String before) {
    int at = 0;
    for (String line : after.lines().map(SplicePropertyTest::bare).toList()) {
      if (at < kept.size() && kept.get(at).equals(line)) {
        at++;
      }
    }
    String missing = at < kept.size() ? kept.get(at) : "";
    assertEquals(kept.size(), at, "'" + missing + "' of\n" + before + "\nis not in\n" + after);
  }

  /** Without the dash of a list: the first key after it may be taken out. */
  private static String bare(String line) {
    return line.replaceFirst("^ *(- *)?", "");
  }

  private static boolean touches(Change change, String owner) {
    String path = pathOf(change);
    return !owner.isEmpty()
        && (owner.equals(path) || owner.startsWith(path + ".") || path.startsWith(owner + "."));
  }

  private static String pathOf(Change change) {
    if (change instanceof Change.Set set) {
      return String.join(".", set.path());
    }
    if (change instanceof Change.Remove remove) {
      return String.join(".", remove.path());
    }
    if (change instanceof Change.SetRoom set) {
      return "rooms." + set.room() + "." + String.join(".", set.path());
    }
    if (change instanceof Change.RemoveRoomField remove) {
      return "rooms." + remove.room() + "." + String.join(".", remove.path());
    }
    return change instanceof Change.RemoveRoom remove ? "rooms." + remove.room() : "rooms.new";
  }

  private static void assertArrived(Change change, Settings before, Settings after) {
    List<RoomEntry> old = new ArrayList<>(before.rooms());
    List<RoomEntry> now = new ArrayList<>(after.rooms());
    if (change instanceof Change.Set set) {
      String value = set.value().asText();
      String is = set.path().get(0).equals("monitor") ? every(after) : after.global().name();
      assertEquals(value, is);
    } else if (change instanceof Change.SetRoom set) {
      RoomEntry room = now.remove(set.room());
      String is =
          set.path().size() == 1
              ? room.name().orElseThrow()
              : Units.format(room.own().every().orElseThrow());
      assertEquals(set.value().asText(), is);
      assertEquals(old.remove(set.room()).link(), room.link());
    } else if (change instanceof Change.RemoveRoomField remove) {
      assertTrue(now.remove(remove.room()).name().isEmpty());
      old.remove(remove.room());
    } else if (change instanceof Change.RemoveRoom remove) {
      old.remove(remove.room());
    } else if (change instanceof Change.AddRoom add) {
      assertEquals(add.room().path("link").asText(), now.remove(now.size() - 1).link());
    }
    assertEquals(old, now, "the other rooms");
    assertEquals(before.server(), after.server());
    assertEquals(before.global().dir(), after.global().dir());
    assertEquals(before.global().grace(), after.global().grace());
  }

  private static String every(Settings settings) {
    return Units.format(settings.global().every());
  }

  private static Change change(Random random, int rooms) {
    String text = STRINGS[random.nextInt(STRINGS.length)];
    String duration = (1 + random.nextInt(59)) + "s";
    int room = rooms == 0 ? 0 : random.nextInt(rooms);
    return switch (random.nextInt(rooms == 0 ? 4 : 8)) {
      case 0 -> SettingsWriterTest.set("monitor.every", duration);
      case 1 -> SettingsWriterTest.remove("monitor.every");
      case 2 -> SettingsWriterTest.set("recordings.name", text);
      case 3 -> {
        var added = java.util.Map.of("link", "http://new/" + text, "name", text);
        yield new Change.AddRoom(SettingsWriterTest.json(added));
      }
      case 4 -> SettingsWriterTest.room(room, "name", text);
      case 5 -> SettingsWriterTest.room(room, "monitor.every", duration);
      case 6 -> SettingsWriterTest.out(room, "name");
      default -> new Change.RemoveRoom(room);
    };
  }

  /** Sections in random order, each in a random way of writing. */
  private static List<Line> file(Random random) {
    List<List<Line>> parts = new ArrayList<>();
    parts.add(List.of(new Line("server", "server: {port: 1, host: h} # 😀 s")));
    parts.add(monitor(random, "monitor", ""));
    parts.add(recordings(random));
    parts.add(rooms(random));
    java.util.Collections.shuffle(parts, random);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("", "# top"));
    for (List<Line> part : parts) {
      if (random.nextInt(5) > 0) {
        lines.addAll(part);
        if (random.nextBoolean()) {
          lines.add(new Line("", ""));
          lines.add(new Line("", "# after " + lines.size()));
        }
      }
    }
    return lines;
  }

  private static List<Line> monitor(Random random, String path, String indent) {
    String key = indent + "monitor:";
    return switch (random.nextInt(5)) {
      case 0 -> List.of(new Line(path, key + " {every: 3s, grace: 2s}  # flow"));
      case 1 -> List.of(new Line(path, key));
      case 2 -> List.of(new Line(path, key + " {}"));
      case 3 ->
          List.of(
              new Line(path, key + " {"),
              new Line(path + ".grace", indent + "    grace: 2s, # g"),
              new Line(path + ".every", indent + "    every: 3s # e"),
              new Line("", indent + "  }"));
      default ->
          List.of(
              new Line("", key + " # heading"),
              new Line(path + ".every", indent + "  every: 3s # e"),
              new Line(path + ".c", indent + "  # about grace"),
              new Line(path + ".grace", indent + "  grace: '2s'"));
    };
  }

  private static List<Line> recordings(Random random) {
    Line dir = new Line("recordings.dir", "   dir: /r # d");
    Line heading = new Line("", "recordings:");
    return switch (random.nextInt(4)) {
      case 0 -> List.of(heading, dir);
      case 1 -> List.of(heading, new Line("recordings.name", "   name: 'n # n' # n"), dir);
      case 2 ->
          List.of(
              heading,
              dir,
              new Line("recordings.name", "   name: >-"),
              new Line("recordings.name", "     folded"),
              new Line("recordings.name", "     text"));
      default ->
          List.of(
              heading,
              new Line("", "   name:"),
              new Line("recordings.name", "     \"below\""),
              dir);
    };
  }

  private static List<Line> rooms(Random random) {
    int shape = random.nextInt(8);
    if (shape == 0) {
      return List.of(new Line("rooms", "rooms: [] # none"));
    }
    if (shape == 1) {
      return List.of(new Line("rooms", "rooms: [a, {link: b, name: nb}, 'c'] # flow"));
    }
    List<Line> lines = new ArrayList<>();
    int count = random.nextInt(4);
    lines.add(new Line(count == 0 ? "rooms" : "", "rooms:"));
    String indent = random.nextBoolean() ? "" : "  ";
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        lines.add(new Line("", indent + "# room " + i));
      }
      lines.addAll(room(random, "rooms." + i, indent));
    }
    return lines;
  }

  private static List<Line> room(Random random, String path, String indent) {
    String link = "http://" + path + "/a?b=c#d";
    Line name = new Line(path + ".name", indent + "  name: 'it''s' # n");
    List<Line> lines = new ArrayList<>();
    switch (random.nextInt(5)) {
      case 0 -> lines.add(new Line(path, indent + "- " + link + " # bare"));
      case 1 -> lines.add(new Line(path, indent + "- {link: '" + link + "', name: x} # f"));
      case 2 -> {
        lines.add(new Line(path + ".name", indent + "- name: x # first"));
        if (random.nextBoolean()) {
          lines.add(new Line(path + ".c", indent + "  # about the link"));
        }
        lines.add(new Line(path + ".link", indent + "  link: " + link));
      }
      case 3 -> {
        lines.add(new Line(path + ".dash", indent + "-"));
        lines.add(name);
        lines.add(new Line(path + ".link", indent + "  link: \"" + link + "\""));
      }
      default -> {
        lines.add(new Line(path + ".link", indent + "- link: " + link));
        lines.addAll(
            monitor(random, path + ".monitor", indent + "  ").stream()
                .map(line -> line.owner().isEmpty() ? new Line(path + ".m", line.text()) : line)
                .toList());
        lines.add(name);
      }
    }
    return lines;
  }
}
