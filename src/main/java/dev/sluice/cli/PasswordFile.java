package dev.sluice.cli;

import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.PasswordHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The password of a headless machine: in a file that {@code SLUICE_PASSWORD_FILE} names. */
final class PasswordFile {
  static final String VARIABLE = "SLUICE_PASSWORD_FILE";

  private PasswordFile() {}

  /**
   * Makes the file's first line the owner's password, unless it is that already.
   *
   * @throws IOException when the file cannot be read or holds no password
   */
  static void apply(Path data) throws IOException {
    String name = System.getenv(VARIABLE);
    if (name == null || name.isBlank()) {
      return;
    }
    String password = firstLine(Path.of(name));
    Optional<String> problem = PasswordHash.problem(password);
    if (problem.isPresent()) {
      throw new IOException(VARIABLE + " " + name + ": " + problem.get());
    }
    Optional<Owner> owner = new OwnerFile(data).read();
    if (owner.isEmpty() || !owner.get().password().fits(password)) {
      PasswordCommand.set(data, password);
    }
  }

  private static String firstLine(Path file) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new IOException(VARIABLE + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
