package dev.sluice.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final List<Integer> told = new ArrayList<>();
  private final Pace pace = new Pace(told::add);
  private long received;

  private void seconds(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      received += bytes;
      pace.second(received);
    }
  }

  @Test
  void aQuarterSecondIsGatheredOnceItHasComeForTwo() {
    seconds(1, 600_000);
    assertEquals(List.of(), told);
    seconds(10, 600_000);
    assertEquals(List.of(150_000), told);
  }

  @Test
  void neverMoreThanAQuarterOfAMegabyte() {
    seconds(3, 50_000_000);
    assertEquals(List.of(256 * 1024), told);
  }

  @Test
  void slowStreamsAreReadAsTheyCome() {
    seconds(20, 100_000);
    assertEquals(List.of(), told);
  }

  @Test
  void aSilentSecondEndsIt() {
    seconds(4, 1_000_000);
    seconds(1, 0);
    assertEquals(List.of(250_000, 1), told);
    seconds(1, 1_000_000);
    assertEquals(2, told.size(), "it must come for two seconds again");
    seconds(1, 1_000_000);
    assertEquals(List.of(250_000, 1, 250_000), told);
  }

  @Test
  void smallChangesAreNotTold() {
    seconds(2, 800_000);
    seconds(3, 900_000);
    seconds(3, 700_000);
    assertEquals(List.of(200_000), told);
    seconds(1, 400_000);
    assertEquals(List.of(200_000, 100_000), told);
  }
}
