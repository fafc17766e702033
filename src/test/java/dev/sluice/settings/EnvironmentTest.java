package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private static SettingsReader reader(Map<String, String> variables) {
    return new SettingsReader(Path.of("/data"), Environment.of(variables));
  }

  @Test
  void goesOverTheFileAndTheDefaults() throws Exception {
    SettingsReader reader =
        reader(
            Map.of(
                "SLUICE__SERVER__PORT", " 9000 ",
                "SLUICE__SERVER__NAMES", "a.example, b.example,",
                "SLUICE__MONITOR__STALL_TIMEOUT", "20s",
                "SLUICE__STORAGE__KEEP__FOR", "off",
                "SLUICE__MONITOR__EVERY", "",
                "SLUICE_PASSWORD_FILE", "x",
                "HOME", "/root"));
    Settings settings =
        reader.read("server: {port: 1}\nstorage: {keep: {for: 3d}}\nmonitor: {every: 7s}");
    assertEquals(9000, settings.server().port());
    assertEquals(List.of("a.example", "b.example"), settings.server().names());
    assertEquals(Duration.ofSeconds(20), settings.global().stallTimeout());
    assertEquals(Duration.ofSeconds(7), settings.global().every(), "an empty one sets nothing");
    assertEquals(Optional.empty(), settings.storage().keepFor());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLUICE__SERVER__PORT   | 99999 | SLUICE__SERVER__PORT in the environment: '99999' is no port",
        "SLUICE__SERVR__PORT    | 1     | did you mean 'SLUICE__SERVER__PORT'?",
        "SLUICE__ROOMS          | x     | names no setting",
        "SLUICE__RECORDINGS__TARGETS | usb | unknown target 'usb'"
      })
  void aMistakeIsSaidWithTheVariable(String name, String value, String message) {
    SettingsException e =
        assertThrows(SettingsException.class, () -> reader(Map.of(name, value)).read(""));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void whatItSetsIsNotChangedInTheFile() {
    SettingsWriter writer = new SettingsWriter(reader(Map.of("SLUICE__SERVER__PORT", "9000")));
    Change change = new Change.Set(List.of("server", "port"), IntNode.valueOf(1));
    ChangeException e =
        assertThrows(ChangeException.class, () -> writer.write("", List.of(change)));
    assertTrue(e.getMessage().contains("environment"), e.getMessage());
    assertThrows(
        ChangeException.class,
        () -> writer.write("", List.of(new Change.Remove(List.of("server")))));
  }
}
