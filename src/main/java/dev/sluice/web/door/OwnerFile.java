package dev.sluice.web.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The file {@code owner.json} of the data directory, mode 0600. A server that runs looks at it
 * every few seconds. All calls block; from any thread.
 */
public final class OwnerFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 16 * 1024;

  private final Path file;

  /**
   * @param data the data directory
   */
  public OwnerFile(Path data) {
    this.file = data.resolve("owner.json");
  }

  /** The owner; empty before the first start was done. */
  public Optional<Owner> read() throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw damaged(null);
      }
      return Optional.of(owner(JSON.readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (com.fasterxml.jackson.core.JacksonException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Replaces the file in one step. */
  public void write(Owner owner) throws IOException {
    PasswordHash password = owner.password();
    String text =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "pbkdf2-hmac-sha256")
            .put("rounds", password.rounds())
            .put("salt", password.salt())
            .put("hash", password.hash())
            .put("device_key", owner.deviceKey())
            .put("sessions_since", owner.sessionsSince().toString())
            .put("language", owner.language())
            .toPrettyString();
    PrivateFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Changes whenever the file does; empty while there is none. */
  public String mark() {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static Owner owner(JsonNode json) throws IOException {
    PasswordHash password =
        new PasswordHash(
            json.required("salt").binaryValue(),
            json.required("rounds").intValue(),
            json.required("hash").binaryValue());
    if (password.rounds() < 1 || password.salt().length == 0 || password.hash().length == 0) {
      throw new IllegalArgumentException("no hash of a password");
    }
    return new Owner(
        password,
        json.required("device_key").asText(),
        Instant.parse(json.required("sessions_since").asText()),
        json.path("language").asText(""));
  }

  private IOException damaged(Exception cause) {
    return new IOException(
        file + " is damaged, so nobody could sign in: set the password anew with sluice password",
        cause);
  }
}
