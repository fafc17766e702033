package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.record.NameTemplate.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZonedDateTime START = ZonedDateTime.of(2026, 3, 4, 5, 6, 7, 0, BERLIN);
  private static final ZonedDateTime LIVE = ZonedDateTime.of(2026, 3, 4, 4, 0, 0, 0, BERLIN);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{name};Anchor",
        "{title};A title",
        "{platform} {room};direct 42",
        "{NAME}{ title };AnchorA title",
        "{part};7",
        "{part:000};007",
        "{part:0};7",
        "{start};2026-03-04 05.06.07",
        "{live};2026-03-04 04.00.00",
        "{start:yyyy-MM-dd HH.mm};2026-03-04 05.06",
        "{live:HH-mm};04-00",
        "{start:HH.mm|UTC};04.06",
        "{start:HH.mm|Asia/Shanghai};12.06",
        "{name}/{start:HH.mm|Asia/Shanghai}/{title};Anchor/12.06/A title",
        "{start:yyyy/MM};2026_03",
        "{start:yyyy'T'MM};2026T03",
        "%Y-%m-%d %H.%M.%S;2026-03-04 05.06.07",
        "%y day %j 100%%;26 day 063 100%",
        "100%;100%",
        "{name}/{title};Anchor/A title",
        "/{name}//{title}/;Anchor/A title",
        "a:b*c;a_b_c",
        "../{name};_/Anchor",
        "./{name};_/Anchor",
        "{start:HH:mm};05_06",
        "con/{name};_con/Anchor",
      })
  void renders(String template, String path) {
    assertEquals(path, render(template));
  }

  @Test
  void theDefaultIsAGoodTemplate() {
    assertEquals("Anchor/2026-03-04 05.06.07 A title", render(NameTemplate.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{nmae};nmae",
        "{};known are",
        "{name;without",
        "a/{start:yyyy;without",
        "{start:bbb};b",
        "{start:HH|Nowhere};Nowhere",
        "%Q;%Q",
        "///;empty",
        "' ';empty",
        "a/b/c/d/e/f/g/h/i;8",
      })
  void aWrongTemplateSaysWhatIsWrong(String template, String word) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> render(template));
    assertTrue(wrong.getMessage().contains(word), wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "../..", "..", "/etc/passwd", "a\\b", "{name}", "%Y", "\u0000", ""})
  void valuesAreDataAndNeverFolders(String value) {
    Values values = new Values(value, value, "direct", value, 1, START, LIVE);
    String path = new NameTemplate("{name}/{title} {room}").render(values);
    assertEquals(2, path.split("/").length, path);
    assertFalse(Path.of(path).normalize().startsWith(".."), path);
    assertEquals(Path.of(path), Path.of(path).normalize());
  }

  @Test
  void hostileValuesStayInsideTheRoot() {
    Path root = Path.of("/recordings");
    for (String value : HostileNames.all()) {
      Values values = new Values(value, value, "direct", value, 1, START, LIVE);
      Path file = root.resolve(new NameTemplate(NameTemplate.DEFAULT).render(values)).normalize();
      assertEquals(root, file.getParent().getParent(), file.toString());
      for (Path part : root.relativize(file)) {
        int bytes = part.toString().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= FileName.MAX_BYTES, bytes + " bytes: " + part);
      }
    }
  }

  private static String render(String template) {
    return new NameTemplate(template)
        .render(new Values("Anchor", "A title", "direct", "42", 7, START, LIVE));
  }

  @Test
  void saysBeforehandWhatIsWrong() {
    assertEquals(Optional.empty(), new NameTemplate(NameTemplate.DEFAULT).problem());
    String problem = new NameTemplate("{nmae}").problem().orElseThrow();
    assertTrue(problem.contains("unknown field {nmae}"), problem);
  }
}
