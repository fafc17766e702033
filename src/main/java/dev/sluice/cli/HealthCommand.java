package dev.sluice.cli;

import dev.sluice.node.DataDirectory;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running server whether it serves: for containers and scripts. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Exit code 0 if a server on the data directory answers, 1 if not.")
final class HealthCommand implements Callable<Integer> {
  private static final int LIMIT_MS = 5000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data;

  @Override
  public Integer call() {
    try {
      DataDirectory.Owner owner = DataDirectory.owner(data);
      URL url = URI.create(owner.address()).resolve("/api/v1/health/live").toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(LIMIT_MS);
      connection.setReadTimeout(LIMIT_MS);
      int status = connection.getResponseCode();
      System.out.println(status == 200 ? "up: " + owner.address() : "answers " + status);
      return status == 200 ? Main.OK : Main.FAILED;
    } catch (IOException | IllegalArgumentException e) {
      System.out.println("down: no server answers on " + data.toAbsolutePath());
      return Main.FAILED;
    }
  }
}
