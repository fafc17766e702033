package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.IVersionProvider;

/** Where the program's own files are, and which version it is. */
final class Home implements IVersionProvider {
  private static final String UNKNOWN = "development";

  /** The folder that holds {@code webroot} and {@code conf}: told by the launcher. */
  static Path folder() {
    return Path.of(System.getProperty("sluice.home", ".")).toAbsolutePath().normalize();
  }

  static Path webroot() {
    return folder().resolve("webroot");
  }

  /** The commented example, of which a new settings file is made. */
  static String exampleSettings() throws IOException {
    return Files.readString(folder().resolve("conf/sluice.yaml"));
  }

  static String version() {
    String version = Home.class.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN : version;
  }

  /**
   * Chooses the log's form; to be called before anything logs.
   *
   * @param config file name in {@code conf}
   */
  static void useLog(String config) {
    // Named, it need not be looked for in every jar; that this is so is no news.
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(
          "logback.configurationFile", folder().resolve("conf").resolve(config).toString());
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"sluice " + version()};
  }
}
