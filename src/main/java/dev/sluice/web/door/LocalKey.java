package dev.sluice.web.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code local.key} of the data directory, mode 0600: what a running server takes from
 * commands on the same machine, which hand their work to it. Another one at each start. All calls
 * block; from any thread.
 */
public final class LocalKey {
  private static final String NAME = "local.key";

  private LocalKey() {}

  /** Writes and answers a new one. */
  public static String make(Path data) throws IOException {
    String key = "local_" + Tokens.random();
    PrivateFile.write(data.resolve(NAME), (key + "\n").getBytes(StandardCharsets.UTF_8));
    return key;
  }

  /** That of the server that runs on the data directory. */
  public static String read(Path data) throws IOException {
    return Files.readString(data.resolve(NAME)).strip();
  }

  /** To be called when the server ends. */
  public static void remove(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }
}
