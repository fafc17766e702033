package dev.sluice.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** API keys, whether a server runs or not. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and removes API keys.")
final class KeyCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Data directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Settings file; not needed here.")
  private Path config;

  @Command(name = "add", description = "Makes a key and prints it; it is not shown again.")
  int add(
      @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
      @Option(names = "--read-only", description = "It may change nothing.") boolean readOnly)
      throws Exception {
    System.out.println(KeyWork.on(data).add(name, readOnly));
    return Main.OK;
  }

  @Command(name = "list", description = "Prints every key's name, access and last use.")
  int list() throws Exception {
    KeyWork.on(data).list().forEach(System.out::println);
    return Main.OK;
  }

  @Command(name = "remove", description = "Removes a key: it opens nothing from then on.")
  int remove(@Parameters(paramLabel = "NAME", description = "What it is called.") String name)
      throws Exception {
    KeyWork.on(data).remove(name);
    return Main.OK;
  }
}
