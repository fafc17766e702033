package dev.sluice.cli;

import dev.sluice.web.door.FolderOwner;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets the owner's password, whether a server runs or not. */
@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the owner's password and signs everybody out.",
      "Asks for it on a terminal, else reads the first line of standard input."
    })
final class PasswordCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "data")
  private Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings file; not needed here.")
  private Path config;

  @Override
  public Integer call() throws IOException {
    String password = read();
    Optional<String> problem = PasswordHash.problem(password);
    if (problem.isPresent()) {
      System.err.println("sluice: " + problem.get());
      return Main.FAILED;
    }
    Files.createDirectories(data);
    set(data, password);
    System.out.println("the owner's password is set; whoever was signed in is signed out");
    return Main.OK;
  }

  /** Sets it for the owner of a data directory. */
  static void set(Path data, String password) throws IOException {
    OwnerFile file = new OwnerFile(data);
    file.write(Owner.withPassword(PasswordHash.of(password), language(file)));
    FolderOwner.give(data);
  }

  /** What was chosen at the first start stays; a damaged file is no reason not to mend it. */
  private static String language(OwnerFile file) {
    try {
      return file.read().map(Owner::language).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String read() throws IOException {
    Console console = System.console();
    if (console == null) {
      // not closed: standard input is not ours
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      return line == null ? "" : line;
    }
    char[] first = console.readPassword("New password: ");
    char[] again = console.readPassword("Again: ");
    String password = first == null ? "" : new String(first);
    if (again == null || !password.equals(new String(again))) {
      throw new IOException("the two are not the same; nothing was changed");
    }
    return password;
  }
}
