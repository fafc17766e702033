package dev.sluice.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; says every problem that was found. */
public final class SettingsException extends Exception {
  private final transient List<Problem> problems;

  /** At least one problem, in the order of the file. */
  public SettingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  SettingsException(Problem problem) {
    this(List.of(problem));
  }

  /** What is wrong; at most 20 problems. */
  public List<Problem> problems() {
    return problems;
  }
}
