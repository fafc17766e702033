package dev.sluice.cli;

import dev.sluice.node.DataDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running server whether it is ready or idle: for containers and scripts. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Exit code 0 if a server on the data directory is ready, 1 if not.")
final class HealthCommand implements Callable<Integer> {
  private static final int LIMIT_MS = 15_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data;

  @Option(
      names = "--idle",
      description = "Healthy only if nothing is recorded or sent: for safe updates.")
  private boolean idle;

  @Override
  public Integer call() {
    try {
      URI address = URI.create(DataDirectory.owner(data).address());
      Optional<String> trouble = idle ? idleTrouble() : readyTrouble(address);
      System.out.println(trouble.orElse((idle ? "idle: " : "up: ") + address));
      return trouble.isEmpty() ? Main.OK : Main.FAILED;
    } catch (IOException | IllegalArgumentException e) {
      System.out.println("down: no server answers on " + data.toAbsolutePath());
      return Main.FAILED;
    }
  }

  /** Anybody may ask this: no key is needed, nor the right to read one. */
  private static Optional<String> readyTrouble(URI address) throws IOException {
    URL url = address.resolve("/api/v1/health/ready").toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(LIMIT_MS);
    connection.setReadTimeout(LIMIT_MS);
    int status = connection.getResponseCode();
    return status == 200
        ? Optional.empty()
        : Optional.of("not ready: answers " + status + "; the log says why");
  }

  private Optional<String> idleTrouble() throws IOException {
    LocalServer server = LocalServer.on(data);
    try {
      server.ask("GET", "/health/idle", null);
      return Optional.empty();
    } catch (ConnectException e) {
      throw e;
    } catch (IOException e) {
      return Optional.of("busy: " + e.getMessage());
    }
  }
}
