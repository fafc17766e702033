package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.SluiceProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command a command line means. */
class MainTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "demo",
          "record",
          "probe",
          "repair",
          "health",
          "doctor",
          "schema",
          "password",
          "key");

  @Test
  void helpListsEveryCommand() {
    try (SluiceProcess sluice = SluiceProcess.start("--help")) {
      assertEquals(0, sluice.exitCode(LIMIT));
      for (String command : COMMANDS) {
        assertTrue(sluice.output().contains("\n  " + command + " "), command);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "record", "key"})
  void aCommandTellsItsOwnOptions(String command) {
    try (SluiceProcess sluice = SluiceProcess.start(command, "--help")) {
      assertEquals(0, sluice.exitCode(LIMIT));
      assertTrue(sluice.output().contains("sluice " + command), sluice.output());
    }
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearest() {
    try (SluiceProcess sluice = SluiceProcess.start("serv")) {
      assertEquals(2, sluice.exitCode(LIMIT));
      assertTrue(sluice.errors().contains("Did you mean: "), sluice.errors());
      assertTrue(sluice.errors().contains("sluice serve"), sluice.errors());
    }
  }

  @Test
  void nothingAtAllShowsTheCommands() {
    try (SluiceProcess sluice = SluiceProcess.start()) {
      assertEquals(2, sluice.exitCode(LIMIT));
      assertTrue(sluice.errors().contains("serve"), sluice.errors());
    }
  }
}
