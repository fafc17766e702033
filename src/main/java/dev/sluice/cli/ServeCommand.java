package dev.sluice.cli;

import dev.sluice.node.DataDirectory;
import dev.sluice.node.SluiceNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Watches, records and delivers until it is stopped.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file (default: sluice.yaml in the data directory).")
  private Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data;

  @Override
  public Integer call() throws Exception {
    System.setProperty("sluice.logs", data.toAbsolutePath().resolve("logs").toString());
    Home.useLog("logback.xml");
    DataDirectory directory = DataDirectory.open(data);
    Path settings = config == null ? directory.settings() : config;
    SluiceNode.Options options =
        new SluiceNode.Options(
            settings,
            Home.exampleSettings(),
            Home.webroot(),
            Home.version(),
            text -> System.out.println("Sluice: " + text));
    SluiceNode node = Shutdown.around(() -> start(directory, options), ServeCommand::stop);
    System.out.println("Sluice " + Home.version() + ": " + node.address());
    node.setupLink()
        .ifPresent(
            link -> {
              System.out.println("  first start: open this address to set the owner's password");
              System.out.println("  " + link);
            });
    new CountDownLatch(1).await();
    return Main.OK;
  }

  private static int stop(SluiceNode node) {
    node.close();
    return Main.OK;
  }

  private static SluiceNode start(DataDirectory directory, SluiceNode.Options options)
      throws Exception {
    try {
      PasswordFile.apply(directory.path());
      return SluiceNode.start(directory, options);
    } catch (Exception e) {
      directory.close();
      throw e;
    }
  }
}
