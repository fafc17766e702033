package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.room.RoomKey;
import org.junit.jupiter.api.Test;

class RateHistoryTest {
  private static final RoomKey ROOM = new RoomKey("direct", "http://a.test/1");
  private static final long STEP = RateHistory.STEP_MS;
  private final RateHistory history = new RateHistory();

  private static RecordingProgress progress(RoomKey room, long epoch, long bytes, long received) {
    return new RecordingProgress(room, epoch, 1, true, bytes, received, 0, 0, 1, 0, 0, "", "");
  }

  private JsonNode last(String which, long nowMs) {
    JsonNode all = history.json(ROOM.publicId(), nowMs).get(which);
    assertEquals(RateHistory.STEPS - 1, all.size());
    return all.get(all.size() - 1);
  }

  @Test
  void aStepIsWhatCameInIt() {
    history.take(progress(ROOM, 7, 1000, 5000), 100);
    history.take(progress(ROOM, 7, 41_000, 55_000), STEP - 1);
    assertEquals(11_000, last("received", STEP).asLong());
    assertEquals(8000, last("written", STEP).asLong(), "what was written before is not of it");
    history.take(progress(ROOM, 7, 46_000, 65_000), STEP);
    assertEquals(2000, last("received", 2 * STEP).asLong());
    assertEquals(1000, last("written", 2 * STEP).asLong());
  }

  @Test
  void aNewAttemptCountsFromItsBeginning() {
    history.take(progress(ROOM, 7, 90_000, 100_000), 0);
    history.take(progress(ROOM, 8, 90_000, 5000), STEP);
    assertEquals(1000, last("received", 2 * STEP).asLong());
    assertEquals(0, last("written", 2 * STEP).asLong());
  }

  @Test
  void whenNothingIsSaidThereIsNoNumber() {
    assertTrue(last("received", 0).isNull(), "nothing at all");
    history.take(progress(ROOM, 7, 0, 5000), 0);
    assertTrue(last("received", 2 * STEP).isNull());
    assertTrue(last("received", (RateHistory.STEPS + 1) * STEP).isNull(), "long ago");
  }

  @Test
  void itHoldsNoMoreRoomsThanItMay() {
    for (int i = 0; i <= RateHistory.MAX_ROOMS; i++) {
      RoomKey room = i == 0 ? ROOM : new RoomKey("direct", "http://a.test/x" + i);
      history.take(progress(room, 7, 0, 5000), 0);
    }
    assertTrue(last("received", STEP).isNull());
  }
}
