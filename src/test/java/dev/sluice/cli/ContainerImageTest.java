package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsReader;
import dev.sluice.testing.TestProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the container image that need neither a container nor root. */
class ContainerImageTest {
  private static final Path HOME = Path.of(System.getProperty("sluice.home", "."));
  private static final Path STEPS = HOME.resolve("contrib/docker/image");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void theExampleSettingsBecomeThoseOfTheImage() throws Exception {
    Path example = folder.resolve("sluice.yaml");
    Files.copy(HOME.resolve("conf/sluice.yaml"), example);
    TestProcess.run(LIMIT, List.of("sh", STEPS.toString(), "defaults", example.toString()));
    SettingsReader reader = new SettingsReader(folder);
    Settings settings = reader.read(Files.readString(example));
    assertEquals("0.0.0.0", settings.server().host());
    assertEquals(Path.of("/recordings"), settings.global().dir());
    assertEquals(reader.read("").storage(), settings.storage());
  }

  @Test
  void anExampleThatNoLongerFitsIsRefused() throws Exception {
    Path example = Files.writeString(folder.resolve("sluice.yaml"), "server:\n  #host: ::1\n");
    try (TestProcess steps =
        TestProcess.start(List.of("sh", STEPS.toString(), "defaults", example.toString()))) {
      assertTrue(steps.endsWithin(LIMIT));
      assertEquals(1, steps.exitCode());
      assertTrue(steps.errors().contains("no longer fits"), steps.errors());
    }
  }
}
