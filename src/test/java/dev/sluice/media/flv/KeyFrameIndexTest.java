package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyFrameIndexTest {
  @Test
  void keepsEverythingWhileThereIsRoom() {
    KeyFrameIndex index = new KeyFrameIndex(3);
    index.add(0, 100);
    index.add(10, 200);
    index.add(5000, 300);
    assertArrayEquals(new long[] {0, 10, 5000}, index.times());
    assertArrayEquals(new long[] {100, 200, 300}, index.positions());
  }

  @Property(tries = 200)
  void whenFullItKeepsTheFirstAndCoversTheFile(
      @ForAll @IntRange(min = 4, max = 200) int capacity,
      @ForAll @IntRange(min = 1, max = 5000) int count,
      @ForAll @IntRange(min = 1, max = 10_000) int spacing) {
    KeyFrameIndex index = new KeyFrameIndex(capacity);
    int room = FlvHead.index(index).remaining();
    for (int n = 0; n < count; n++) {
      index.add((long) n * spacing, 1000 + 7L * n);
    }
    long[] times = index.times();
    long[] positions = index.positions();
    long length = (count - 1L) * spacing;
    assertEquals(0, times[0]);
    assertEquals(1000, positions[0]);
    assertTrue(times.length <= capacity);
    assertTrue(times.length >= Math.min(count, capacity / 3), times.length + " of " + capacity);
    long largest = length - times[times.length - 1];
    for (int i = 1; i < times.length; i++) {
      assertTrue(times[i] > times[i - 1] && positions[i] > positions[i - 1]);
      assertEquals(1000 + 7 * (times[i] / spacing), positions[i], "time and place belong together");
      largest = Math.max(largest, times[i] - times[i - 1]);
    }
    assertTrue(largest <= 6 * length / capacity + 2L * spacing, "a hole of " + largest + " ms");
    assertEquals(room, FlvHead.index(index).remaining(), "the room must not change");
  }

  @Test
  void readsWhatItWroteAndNothingElse() {
    KeyFrameIndex index = new KeyFrameIndex(8);
    index.add(0, 100);
    index.add(1023, 2000);
    index.add(2041, 1L << 33);
    byte[] front = new FlvHead(null, null, index).bytes();
    KeyFrameIndex read = KeyFrameIndex.decode(front);
    assertArrayEquals(index.times(), read.times());
    assertArrayEquals(index.positions(), read.positions());
    for (int cut = 0; cut < front.length; cut += 7) {
      long[] times = KeyFrameIndex.decode(Arrays.copyOf(front, cut)).times();
      assertTrue(times.length == 0 || times.length == 3, "cut at " + cut);
    }
    assertEquals(0, KeyFrameIndex.decode(new byte[0]).times().length);
  }
}
