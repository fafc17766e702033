package dev.sluice.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void numbersStandBeforeTheEnding() {
    assertEquals("a.flv", FileNames.numbered("a.flv", 1));
    assertEquals("a (2).flv", FileNames.numbered("a.flv", 2));
    assertEquals("a (3).coverage.json", FileNames.numbered("a.coverage.json", 3));
    assertEquals("plain (2)", FileNames.numbered("plain", 2));
    assertEquals(".hidden (2)", FileNames.numbered(".hidden", 2));
  }

  @Test
  void theTemporaryNameIsHiddenAndTellsTheDelivery() {
    assertEquals(".a.flv.7.sluice-tmp", FileNames.temporary("a.flv", 7));
  }

  @Property
  void everyNameFitsAndKeepsItsEnding(
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = '一', to = '龥') String base,
      @ForAll @IntRange(min = 2, max = 1000) int n,
      @ForAll @LongRange(min = 1) long delivery) {
    String name = base + ".flv";
    String numbered = FileNames.numbered(name, n);
    String temporary = FileNames.temporary(name, delivery);
    assertTrue(numbered.endsWith(" (" + n + ").flv"), numbered);
    assertTrue(temporary.endsWith("." + delivery + ".sluice-tmp"), temporary);
    for (String made : new String[] {numbered, temporary}) {
      assertTrue(made.getBytes(StandardCharsets.UTF_8).length <= 255, made);
    }
  }
}
