package dev.sluice.cli;

import dev.sluice.settings.Units;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The program's commands. */
@Command(
    name = "sluice",
    description = "Watches live rooms, records each broadcast once, delivers the recordings.",
    mixinStandardHelpOptions = true,
    versionProvider = Home.class)
public final class Main {
  /** Exit codes, on which scripts rely. */
  static final int OK = 0;

  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          DemoCommand.class,
          RecordCommand.class,
          ProbeCommand.class,
          RepairCommand.class,
          HealthCommand.class,
          DoctorCommand.class,
          SchemaCommand.class,
          PasswordCommand.class,
          KeyCommand.class,
          TrainCommand.class);

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

  /** With the command that is asked for: all of them would cost every start 150 ms. */
  private static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    List<Class<?>> asked =
        COMMANDS.stream().filter(c -> args.length > 0 && nameOf(c).equals(args[0])).toList();
    (asked.isEmpty() ? COMMANDS : asked).forEach(line::addSubcommand);
    return line;
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  static int run(String... args) {
    CommandLine line = commandLine(args);
    line.registerConverter(Duration.class, Main::duration);
    line.setCaseInsensitiveEnumValuesAllowed(true);
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
