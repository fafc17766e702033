package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  private static final String FORBIDDEN = "\\/:*?\"<>|";
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a/b, a_b",
    "a\\b, a_b",
    "'a:b*c?d\"e<f>g|h', a_b_c_d_e_f_g_h",
    "' spaces around ', spaces around",
    "'ends with dots...', ends with dots",
    "'ends with both . . ', ends with both",
    "., _",
    ".., _",
    "..., _",
    "'', _",
    "'   ', _",
    ".hidden, _.hidden",
    "con, _con",
    "CON, _CON",
    "nul.txt, _nul.txt",
    "'aux .flv', '_aux .flv'",
    "Com7, _Com7",
    "lpt1.tar.gz, _lpt1.tar.gz",
    "console, console",
    "com10, com10",
    "房间的名字, 房间的名字",
    "😀, 😀",
  })
  void becomes(String text, String name) {
    assertEquals(name, FileName.component(text, FileName.MAX_BYTES));
  }

  @Test
  void combiningFormsBecomeOneSpelling() {
    assertEquals("caf\u00e9", FileName.component("cafe\u0301", 255));
    assertEquals("\uac00", FileName.component("\u1100\u1161", 255));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "\n", "\u007f", "\u0085", "\ud800", "\udc00", "\u202e", "\u2066"})
  void whatNoNameMayHoldIsReplaced(String bad) {
    assertEquals("a_b", FileName.component("a" + bad + "b", 255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200e", "\u200f", "\u061c", "\u202a", "\u2069"})
  void marksThatTurnTheDirectionOfTextAreReplaced(String mark) {
    assertEquals("gpj_.exe", FileName.component("gpj" + mark + ".exe", 255));
  }

  @Test
  void isCutBetweenCodePoints() {
    assertEquals("长".repeat(69), FileName.component("长".repeat(300), FileName.MAX_BYTES));
    assertEquals("长".repeat(2), FileName.component("长".repeat(300), 8));
    assertEquals("😀", FileName.component("😀😀", 7));
    assertEquals("a".repeat(207), FileName.component("a".repeat(5000), FileName.MAX_BYTES));
  }

  @Test
  void whatTheCutLeavesAtTheEndIsTrimmed() {
    assertEquals("abc", FileName.component("abc .def", 5));
    assertEquals("直播", FileName.component("直播\u3000录制", 10));
  }

  @Test
  void whatTheMarkOfAHiddenNamePushesOutLeavesNoTrailingSpace() {
    assertEquals("_.ab", FileName.component(".ab c", 5));
  }

  @Test
  void hostileTextsMakeNamesThatHold() {
    List<String> corpus = HostileNames.all();
    assertTrue(corpus.size() >= 200, "only " + corpus.size());
    corpus.forEach(text -> assertHolds(text, FileName.MAX_BYTES));
  }

  @Test
  void hostileTextsMakeFilesThatCanBeMade(@TempDir Path folder) throws Exception {
    for (String text : HostileNames.all()) {
      Path file = folder.resolve(FileName.component(text, FileName.MAX_BYTES) + " (999).flv");
      assertEquals(folder, file.normalize().getParent());
      Files.write(file, new byte[0]);
      Files.delete(file);
    }
  }

  @Property(tries = 3000)
  void anyTextMakesANameThatHolds(
      @ForAll String text, @ForAll @IntRange(min = 4, max = 255) int n) {
    assertHolds(text, n);
  }

  @Property(tries = 1000)
  void aNameMadeOfANameIsTheSame(@ForAll String text) {
    String once = FileName.component(text, FileName.MAX_BYTES);
    assertEquals(once, FileName.component(once, FileName.MAX_BYTES));
  }

  private static void assertHolds(String text, int maxBytes) {
    String name = FileName.component(text, maxBytes);
    String what = "'" + escaped(text) + "' became '" + escaped(name) + "'";
    assertFalse(name.isEmpty(), what);
    assertTrue(bytes(name, what) <= maxBytes, what);
    assertTrue(name.chars().noneMatch(c -> FORBIDDEN.indexOf(c) >= 0), what);
    assertTrue(name.codePoints().noneMatch(Character::isISOControl), what);
    assertFalse(name.endsWith(".") || name.endsWith(" "), what);
    assertFalse(name.startsWith(".") || name.startsWith(" "), what);
    assertTrue(Normalizer.isNormalized(name, Normalizer.Form.NFC), what);
    String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    assertFalse(DEVICES.contains(stem.strip().toLowerCase(Locale.ROOT)), what);
  }

  private static int bytes(String name, String what) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(name)).limit();
    } catch (CharacterCodingException e) {
      throw new AssertionError(what + ", which no file system takes", e);
    }
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(80)
        .forEach(c -> out.append(c < 127 && c > 31 ? (char) c + "" : "\\u%04x".formatted(c)));
    return out.toString();
  }
}
