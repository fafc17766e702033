package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SourceNews;
import dev.sluice.room.RoomKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final RoomKey ROOM = new RoomKey("direct", "http://a");
  private static final String ID = ROOM.publicId();
  private final Meter meter = new Meter();

  private void received(long epoch, long bytes) {
    meter.take(new RecordingProgress(ROOM, epoch, 1, true, bytes, bytes, 0, 0, 1, 0, 0, "", ""));
  }

  @Test
  void addsUpWhatEachAttemptReceived() {
    received(7, 100);
    received(7, 250);
    received(8, 40);
    received(8, 60);
    assertEquals(310, meter.received(ID));
    assertEquals(0, meter.received("other"));
  }

  @Test
  void countsConnectionsByCauseAndRequestsByStatus() {
    meter.take(new SourceNews.Lost(ROOM, "connection lost"));
    meter.take(new SourceNews.Lost(ROOM, "connection lost"));
    meter.take(new SourceNews.Lost(ROOM, "stalled"));
    assertEquals(Map.of("connection_lost", 2L, "stalled", 1L), meter.lost(ID));
    meter.take(new SourceNews.Asked(ROOM, 200));
    meter.take(new SourceNews.Asked(ROOM, 0));
    assertEquals(Map.of("direct", Map.of("200", 1L, "none", 1L)), meter.asked());
  }

  @Test
  void neverFallsAndForgetsARoom() {
    assertEquals(5, meter.rising("x " + ID, 5));
    assertEquals(5, meter.rising("x " + ID, 3));
    received(1, 10);
    meter.forget(ID);
    assertEquals(3, meter.rising("x " + ID, 3));
    assertEquals(0, meter.received(ID));
  }
}
