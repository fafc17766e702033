package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

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

  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(java.time.Duration.class, dev.sluice.settings.Units::duration);
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
