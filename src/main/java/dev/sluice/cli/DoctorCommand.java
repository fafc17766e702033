package dev.sluice.cli;

import dev.sluice.ledger.SqliteLedger;
import dev.sluice.settings.Environment;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the machine and the settings, and says in sentences what would not work. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks machine, folders and settings. Exit code 1 if something would not work.")
final class DoctorCommand implements Callable<Integer> {
  private static final long LOW_SPACE = 2L << 30;
  private static final int OLDEST_JAVA = 17;

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

  private boolean sick;

  @Override
  public Integer call() {
    Home.useLog("logback-command.xml");
    int java = Runtime.version().feature();
    report(java >= OLDEST_JAVA, "Java " + Runtime.version(), "Java 17 or later is needed");
    report(takesUnicode(), "file names may be Chinese", "no UTF-8 locale: set LC_ALL=C.UTF-8");
    report(hasDatabase(), "the database works", "the database's native library does not load");
    report(
        Files.isReadable(Home.webroot().resolve("index.html")),
        "the page is there",
        "webroot is missing: start with ./sluice");
    Path folder = data.toAbsolutePath().normalize();
    report(isUsable(folder), "data directory " + folder, folder + " cannot be written");
    settings(folder).ifPresent(settings -> folders(settings));
    return sick ? Main.FAILED : Main.OK;
  }

  private Optional<Settings> settings(Path folder) {
    Path path = config == null ? folder.resolve("sluice.yaml") : config;
    if (!Files.exists(path)) {
      report(
          config == null, "no settings file yet: it is made at first start", path + " is missing");
      return Optional.empty();
    }
    try {
      SettingsReader reader = new SettingsReader(folder, Environment.of(System.getenv()));
      Settings settings = new SettingsFile(path, reader).load().settings();
      report(true, "settings " + path + ": " + settings.rooms().size() + " rooms", "");
      return Optional.of(settings);
    } catch (IOException | SettingsException e) {
      report(false, "", "settings " + path + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void folders(Settings settings) {
    Path root = settings.global().dir();
    report(isUsable(root), "recordings go to " + root + free(root), root + " cannot be written");
    settings
        .targets()
        .values()
        .forEach(
            target ->
                report(
                    isUsable(target.dir()),
                    "target " + target.name() + ": " + target.dir() + free(target.dir()),
                    "target " + target.name() + ": " + target.dir() + " cannot be written"));
  }

  private void report(boolean well, String good, String bad) {
    sick |= !well;
    System.out.println(well ? "ok    " + good : "WRONG " + bad);
  }

  private static boolean takesUnicode() {
    try {
      return Path.of("直播").toString().equals("直播");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean hasDatabase() {
    try (SqliteLedger ledger = SqliteLedger.inMemory()) {
      ledger.call(rows -> rows.segmentsOf(0)).join();
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  /** Whether the folder, or the nearest one above it that exists, can be written. */
  private static boolean isUsable(Path folder) {
    Path at = folder;
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at != null && Files.isDirectory(at) && Files.isWritable(at);
  }

  private static String free(Path folder) {
    try {
      Path at = folder;
      while (at != null && !Files.exists(at)) {
        at = at.getParent();
      }
      long free = at == null ? -1 : Files.getFileStore(at).getUsableSpace();
      String space = String.format(java.util.Locale.ROOT, ", %.1f GiB free", free / 1073741824.0);
      return free < LOW_SPACE ? space + " (little)" : space;
    } catch (IOException e) {
      return ", free space unknown";
    }
  }
}
