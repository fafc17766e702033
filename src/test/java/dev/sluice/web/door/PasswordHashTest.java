package dev.sluice.web.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  @TempDir private Path dir;

  @Test
  void isWhatOthersComputeToo() {
    // RFC 7914, section 11
    byte[] hash =
        HexFormat.of().parseHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    byte[] salt = "salt".getBytes(StandardCharsets.US_ASCII);
    assertTrue(new PasswordHash(salt, 1, hash).fits("passwd"));
    assertFalse(new PasswordHash(salt, 2, hash).fits("passwd"));
  }

  @Test
  void fitsItsPasswordOnlyAndIsAnotherEachTime() {
    PasswordHash one = PasswordHash.of("密码密码密码密码", 10);
    PasswordHash other = PasswordHash.of("密码密码密码密码", 10);
    assertTrue(one.fits("密码密码密码密码"));
    assertFalse(one.fits("密码密码密码密"));
    assertFalse(one.fits(""));
    assertFalse(one.fits("x".repeat(5000)));
    assertFalse(
        HexFormat.of().formatHex(one.hash()).equals(HexFormat.of().formatHex(other.hash())));
  }

  @Test
  void takesItsTime() {
    PasswordHash hash = PasswordHash.of("correct horse");
    assertTrue(hash.rounds() >= 100_000, "rounds " + hash.rounds());
  }

  @Test
  void isRefusedWhereItIsTooShortOrTooLong() {
    assertTrue(PasswordHash.problem("1234567").isPresent());
    assertEquals(Optional.empty(), PasswordHash.problem("密码密码密码密码"));
    assertEquals(Optional.empty(), PasswordHash.problem("x".repeat(1024)));
    assertTrue(PasswordHash.problem("x".repeat(1025)).isPresent());
    assertTrue(PasswordHash.problem("密".repeat(342)).isPresent(), "bytes count");
  }

  @Test
  void comesBackFromItsFile() throws Exception {
    OwnerFile file = new OwnerFile(dir);
    assertEquals(Optional.empty(), file.read());
    Owner owner = Owner.withPassword(PasswordHash.of("correct horse", 10), "zh");
    file.write(owner);
    Owner read = file.read().orElseThrow();
    assertTrue(read.password().fits("correct horse"));
    assertEquals(owner.sessionsSince(), read.sessionsSince());
    assertEquals("zh", read.language());
    assertTrue(read.knows(owner.newDevice()));
    assertFalse(read.changed(read.password()).knows(owner.newDevice()));
    assertFalse(read.knows("x.y") || read.knows("") || read.knows("."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"salt\":\"AA==\",\"rounds\":0,\"hash\":\"AA==\",\"device_key\":\"x\","
            + "\"sessions_since\":\"2026-01-01T00:00:00Z\"}",
        "{\"salt\":\"\",\"rounds\":1,\"hash\":\"\",\"device_key\":\"x\","
            + "\"sessions_since\":\"2026-01-01T00:00:00Z\"}",
        "nonsense"
      })
  void aDamagedFileIsNoReasonToBeginAnew(String text) throws Exception {
    Files.writeString(dir.resolve("owner.json"), text);
    IOException refused = assertThrows(IOException.class, () -> new OwnerFile(dir).read());
    assertTrue(refused.getMessage().contains("sluice password"), refused.getMessage());
  }
}
