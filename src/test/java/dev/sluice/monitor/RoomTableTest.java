package dev.sluice.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.room.RoomState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of states and events says what the code does; {@code -Dsluice.write=true} writes it. */
class RoomTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("sluice.home", "."), "docs", "room-states.md");

  @Test
  void thePageIsUpToDate() throws Exception {
    String made = new RoomTable().page();
    if (Boolean.getBoolean("sluice.write")) {
      Files.writeString(PAGE, made);
    }
    assertEquals(made, Files.readString(PAGE), "run this test with -Dsluice.write=true");
  }

  @Test
  void everyStateHasASituation() {
    String page = new RoomTable().page();
    for (RoomState state : RoomState.values()) {
      assertTrue(page.contains("\n`" + state.word() + "`\n"), state.word());
    }
  }
}
