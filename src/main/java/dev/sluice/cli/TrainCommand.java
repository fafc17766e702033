package dev.sluice.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Exercises the program for the class-data archive that the launcher makes; for nobody else. */
@Command(name = "train", hidden = true, description = "Runs a short demo and ends.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);

  @Override
  public Integer call() throws Exception {
    return DemoCommand.runFor(LONG_ENOUGH);
  }
}
