package dev.sluice.cli;

import dev.sluice.settings.SettingsSchema;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of the settings file, with which editors check and complete it. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Print the JSON Schema of the settings file, for editors.")
final class SchemaCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    // JSON is UTF-8 whatever the terminal speaks.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(SettingsSchema.text());
    out.flush();
    return Main.OK;
  }
}
