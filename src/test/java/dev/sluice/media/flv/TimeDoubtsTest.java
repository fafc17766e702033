package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One wrong time among right ones, and jumps that are real. */
class TimeDoubtsTest {
  private final List<Long> out = new ArrayList<>();
  private final List<Integer> content = new ArrayList<>();
  private final TimeDoubts doubts =
      new TimeDoubts(
          (tag, config, now) -> {
            out.add(tag.time());
            content.add(tag.byteAt(5));
          });
  private int number;

  private void send(int type, long... times) {
    for (long time : times) {
      byte[] payload = {(byte) (type == 9 ? 0x27 : 0xAF), 1, 0, 0, 0, (byte) number++};
      doubts.accept(
          new FlvTag(type, time & 0xFFFFFFFFL, List.of(ByteBuffer.wrap(payload))), null, 0);
    }
  }

  private void inOrder() {
    for (int i = 0; i < content.size(); i++) {
      assertEquals(i & 0xFF, content.get(i), "nothing is lost, and the order stays");
    }
    assertEquals(number, content.size());
  }

  @Test
  void oneWrongTimeIsSetBetweenItsNeighbours() {
    send(9, 0, 40, 80, 500_000, 160, 200, 240, 280, 320);
    assertEquals(List.of(0L, 40L, 80L, 113L, 160L, 200L, 240L, 280L, 320L), out);
    assertEquals(1, doubts.mended());
    inOrder();
  }

  @Test
  void aJumpOfTheSourceStands() {
    send(9, 0, 40, 60_000, 60_040, 60_080);
    send(9, 0, 40, 80);
    assertEquals(List.of(0L, 40L, 60_000L, 60_040L, 60_080L, 0L, 40L, 80L), out);
    assertEquals(0, doubts.mended());
  }

  @Test
  void aStragglerOfTheOldTimeLineMakesTheNewOneNoMistake() {
    send(9, 100_000, 100_040);
    send(9, 0);
    send(8, 100_030, 100_053);
    send(9, 40, 80);
    assertEquals(0, doubts.mended());
    assertEquals(0L, out.get(2));
    inOrder();
  }

  @Test
  void slowPicturesAreOnlyOneLate() {
    send(9, 0, 5000, 10_000, 15_000);
    assertEquals(List.of(0L, 5000L, 10_000L), out);
    doubts.legEnded();
    assertEquals(4, out.size());
    assertEquals(0, doubts.mended());
  }

  @Test
  void theWrapOfTheClockIsNoJump() {
    send(9, 0xFFFFFFE0L, 0x100000008L, 0x100000030L);
    assertEquals(List.of(0xFFFFFFE0L, 8L, 0x30L), out);
  }

  @Test
  void whateverComesNothingIsLostAndFewAreHeld() {
    for (int i = 0; i < Seeds.tries(200); i++) {
      long seed = Seeds.of("whateverComesNothingIsLost") + i;
      Random random = new Random(seed);
      out.clear();
      content.clear();
      number = 0;
      doubts.legStarted();
      long time = random.nextInt();
      for (int n = 0; n < 200; n++) {
        time += random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(60);
        send(random.nextBoolean() ? 9 : 8, random.nextInt(15) == 0 ? random.nextInt() : time);
        assertTrue(number - content.size() <= 5, "seed " + seed);
      }
      doubts.legEnded();
      inOrder();
    }
  }
}
