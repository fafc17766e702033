package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Text that is hardly YAML: only the named errors come out, and never a wrong change. */
class HostileTextTest {
  private static final SettingsReader READER = new SettingsReader(Path.of("/data"));
  private static final SettingsWriter WRITER = new SettingsWriter(READER);
  private static final String[] TOKENS = {
    "rooms",
    "monitor",
    "every",
    "link",
    "name",
    "5s",
    "a",
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "#",
    " # c",
    "'",
    "\"",
    "&a ",
    "*a",
    "!t ",
    "!!str ",
    "|",
    ">-",
    "---",
    "...",
    "\n---\n",
    "%YAML 1.2",
    "\uFEFF",
    "😀",
    "\u2028",
    "\u0085",
    "\uD800",
    "\u0000",
    "<<",
    "~",
    "monitor:\n  every: 5s\n",
    "rooms:\n  - a\n",
    "rooms: [a]"
  };

  /** A room number that the spliced text knows and the text before does not. */
  @Property(tries = 4000, seed = "5227922907006240383")
  void onlyNamedErrorsComeOutWhereOneDidNot(@ForAll Random random) {
    onlyNamedErrorsComeOut(random);
  }

  @Property(tries = 4000)
  void onlyNamedErrorsComeOut(@ForAll Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(14);
    for (int i = 0; i < length; i++) {
      text.append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    read(text.toString());
    write(text.toString(), SettingsWriterTest.set("monitor.every", "7s"));
    write(text.toString(), SettingsWriterTest.remove("monitor.every"));
    write(text.toString(), SettingsWriterTest.add("x"));
    write(text.toString(), SettingsWriterTest.room(0, "name", "cam"));
    write(text.toString(), SettingsWriterTest.out(0, "name"));
    write(text.toString(), new Change.RemoveRoom(0));
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      READER.read(bytes);
    } catch (SettingsException e) {
      assertFalse(e.problems().isEmpty());
    }
  }

  private static void read(String text) {
    try {
      READER.read(text);
    } catch (SettingsException e) {
      long lines = text.chars().filter(c -> c == '\n' || c == '\r').count() + 1;
      for (Problem problem : e.problems()) {
        assertFalse(problem.line() > lines || problem.column() < 1, text + "\n" + problem);
      }
    }
  }

  private static void write(String text, Change change) {
    try {
      SettingsWriter.Written written = WRITER.write(text, List.of(change));
      assertEquals(READER.read(written.text()), written.settings());
    } catch (SettingsException | ChangeException e) {
      assertFalse(e.getMessage().isBlank());
    }
  }
}
