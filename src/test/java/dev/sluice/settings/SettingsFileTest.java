package dev.sluice.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path data;
  private Path path;
  private SettingsFile file;

  @BeforeEach
  void file() {
    path = data.resolve("conf/sluice.yaml");
    file = new SettingsFile(path, new SettingsReader(data));
  }

  @Test
  void isMadeOnceForItsOwnerAlone() throws Exception {
    assertTrue(file.createIfMissing("# example\n"));
    assertFalse(file.createIfMissing("# other\n"));
    assertEquals("# example\n", file.load().text());
    assertEquals("rw-------", mode(path));
  }

  @Test
  void keepsModeAndTheLastGoodText() throws Exception {
    file.createIfMissing("# one\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    SettingsFile.Loaded first = file.load();
    SettingsFile.Loaded second = file.write("# two\n");
    assertEquals("# two\n", Files.readString(path));
    assertEquals("# one\n", Files.readString(data.resolve("conf/sluice.yaml.bak")));
    assertEquals("rw-r-----", mode(path));
    assertEquals("rw-r-----", mode(data.resolve("conf/sluice.yaml.bak")));
    assertNotEquals(first.etag(), second.etag());
    assertTrue(second.etag().matches("[0-9a-f]{16}"));
    assertEquals(List.of("sluice.yaml", "sluice.yaml.bak"), names());

    Files.writeString(path, "broken: [");
    file.write("# three\n");
    assertEquals("# one\n", Files.readString(data.resolve("conf/sluice.yaml.bak")));
  }

  @Test
  void writesNothingThatDoesNotRead() throws Exception {
    file.createIfMissing("# one\n");
    assertThrows(SettingsException.class, () -> file.write("monitr: 1"));
    assertEquals("# one\n", Files.readString(path));
    assertEquals(List.of("sluice.yaml"), names());
  }

  @Test
  void doesNotOverwriteSomebodyElsesChange() throws Exception {
    file.createIfMissing("# one\n");
    SettingsFile.Loaded loaded = file.load();
    Files.writeString(path, "# by hand\n");
    assertThrows(SettingsFile.StaleException.class, () -> file.write("# two\n", loaded.etag()));
    assertEquals("# by hand\n", Files.readString(path));
    assertEquals("# two\n", file.write("# two\n", file.load().etag()).text());
  }

  @Test
  void noticesAChangeBySizeOrTime() throws Exception {
    file.createIfMissing("# one\n");
    SettingsFile.Loaded loaded = file.load();
    assertFalse(file.changedSince(loaded));
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    assertTrue(file.changedSince(loaded));
    Files.writeString(path, "# longer\n");
    Files.setLastModifiedTime(path, loaded.modified());
    assertTrue(file.changedSince(loaded));
    Files.delete(path);
    assertThrows(IOException.class, () -> file.changedSince(loaded));
  }

  @Test
  void aReadOnlyFileIsSaidAndLeftAlone() throws Exception {
    file.createIfMissing("# one\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
    assertFalse(file.isWritable());
    IOException e = assertThrows(IOException.class, () -> file.write("# two\n"));
    assertTrue(e.getMessage().contains("is read-only"), e.getMessage());
    assertEquals("# one\n", Files.readString(path));
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path real = data.resolve("real.yaml");
    Files.writeString(real, "# one\n");
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, Path.of("../real.yaml"));
    file.write("# two\n");
    assertTrue(Files.isSymbolicLink(path));
    assertEquals("# two\n", Files.readString(real));
    assertEquals("# one\n", Files.readString(data.resolve("real.yaml.bak")));

    Files.delete(real);
    assertTrue(file.createIfMissing("# new\n"), "a link to nothing yet");
    assertTrue(Files.isSymbolicLink(path));
    assertEquals("# new\n", Files.readString(real));
  }

  @Test
  void whatIsNoPlainFileOrTooLargeIsRefused() throws Exception {
    Files.createDirectories(path);
    assertThrows(IOException.class, file::load);
    Files.delete(path);
    Files.write(path, new byte[2 * 1024 * 1024]);
    SettingsException e = assertThrows(SettingsException.class, file::load);
    assertTrue(e.getMessage().contains("larger than 1 MiB"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.map(found -> found.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
