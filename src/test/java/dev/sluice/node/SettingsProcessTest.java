package dev.sluice.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Await;
import dev.sluice.testing.SluiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as the program itself takes them: from its environment, and for editors. */
class SettingsProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path data;

  private SluiceProcess serve(Map<String, String> environment) {
    return SluiceProcess.start(List.of("serve", "--data", data.toString()), environment, "");
  }

  @Test
  void theEnvironmentGoesOverTheFile() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String text = "server: {host: 127.0.0.1, port: %d}\n".formatted(taken.getLocalPort());
      Files.writeString(data.resolve("sluice.yaml"), text);
      try (SluiceProcess process = serve(Map.of("SLUICE__SERVER__PORT", "0"))) {
        Await.until(
            LIMIT,
            () -> "it serves: " + process,
            () -> process.output().contains("http://127.0.0.1:") || !process.isAlive());
        assertTrue(process.isAlive(), process.toString());
        process.signal("TERM");
        assertEquals(0, process.exitCode(LIMIT), process.toString());
      }
      assertEquals(text, Files.readString(data.resolve("sluice.yaml")), "the file stays");
    }
  }

  @Test
  void aVariableThatNamesNoSettingIsSaid() {
    try (SluiceProcess process = serve(Map.of("SLUICE__SERVER__PRT", "0"))) {
      assertEquals(1, process.exitCode(LIMIT), process.toString());
      assertTrue(
          process.errors().contains("SLUICE__SERVER__PRT")
              && process.errors().contains("did you mean 'SLUICE__SERVER__PORT'?"),
          process.toString());
    }
  }

  @Test
  void theSchemaIsPrinted() throws IOException {
    Path file = Path.of(System.getProperty("sluice.home", "."), "docs", "sluice.schema.json");
    try (SluiceProcess process = SluiceProcess.start("schema")) {
      assertEquals(0, process.exitCode(LIMIT), process.toString());
      assertEquals(Files.readString(file), process.output());
    }
  }
}
