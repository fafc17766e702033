package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemovedTextTest {
  private static final String BEFORE =
      """
      # mine
      rooms:
        - http://a.test/1.flv
        # the second one, of a friend
        - link: http://b.test/2.flv
          name: B   # as she likes it
        - http://c.test/3.flv

      monitor:
        every: 10s
      """;

  private static final String TAKEN =
      """
        # the second one, of a friend
        - link: http://b.test/2.flv
          name: B   # as she likes it
      """;

  private static final String AFTER = BEFORE.replace(TAKEN, "");

  private static Optional<String> putBack(String now) {
    return new RemovedText(BEFORE, AFTER).putBack(now);
  }

  @Test
  void anUnchangedTextIsAsItWas() {
    assertEquals(Optional.of(BEFORE), putBack(AFTER));
  }

  @Test
  void whatChangedElsewhereStays() {
    String now = AFTER.replace("10s", "20s");
    assertEquals(Optional.of(BEFORE.replace("10s", "20s")), putBack(now));
  }

  @Test
  void anotherRoomRemovedFurtherDownIsNoHindrance() {
    String more = "  - http://d.test/4.flv\n  - http://e.test/5.flv\n  - http://f.test/6.flv\n";
    String third = "  - http://c.test/3.flv\n";
    String before = BEFORE.replace(third, third + more);
    String after = before.replace(TAKEN, "");
    String now = after.replace("  - http://f.test/6.flv\n", "");
    assertEquals(
        Optional.of(before.replace("  - http://f.test/6.flv\n", "")),
        new RemovedText(before, after).putBack(now));
  }

  @Test
  void aPlaceThatIsGoneIsNotGuessed() {
    assertEquals(Optional.empty(), putBack("rooms:\n  - http://x.test/9.flv\n"));
    assertEquals(Optional.empty(), putBack(AFTER + AFTER + "# twice"));
    assertEquals(Optional.empty(), putBack(""));
  }

  @Test
  void aListInOneLineIsNotPutTogether() {
    RemovedText flow = new RemovedText("rooms: [a, b]\n", "rooms: [a]\n");
    assertEquals(Optional.of("rooms: [a, b]\n"), flow.putBack("rooms: [a]\n"));
    assertEquals(Optional.empty(), flow.putBack("rooms: [a]\nmore: 1\n"));
  }
}
