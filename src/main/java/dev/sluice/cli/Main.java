package dev.sluice.cli;

import dev.sluice.settings.Units;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The program's commands. */
@Command(
    name = "sluice",
    description = "Watches live rooms, records each broadcast once, delivers the recordings.",
    mixinStandardHelpOptions = true,
    versionProvider = Home.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      RecordCommand.class,
      ProbeCommand.class,
      HealthCommand.class,
      DoctorCommand.class,
      SchemaCommand.class,
      PasswordCommand.class,
      KeyCommand.class,
      TrainCommand.class
    })
public final class Main {
  /** Exit codes, on which scripts rely. */
  static final int OK = 0;

  static final int FAILED = 1;
  static final int USAGE = 2;

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static Duration duration(String text) {
    try {
      return Units.duration(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(Duration.class, Main::duration);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String message = failure.getMessage();
          command.getErr().println("sluice: " + (message == null ? failure : message));
          return FAILED;
        });
    if (args.length == 0) {
      line.usage(line.getErr());
      return USAGE;
    }
    return line.execute(args);
  }
}
