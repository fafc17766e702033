package dev.sluice.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The numbered steps from an empty database to the present tables. Each is one transaction together
 * with its number in {@code user_version}, so a crash leaves a database of the step before.
 */
final class Migrations {
  private final List<String> scripts;

  /**
   * @param scripts in order; statements end with a semicolon at the end of a line
   */
  Migrations(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** Those that the program carries: {@code 001.sql}, {@code 002.sql} and so on. */
  static Migrations carried() {
    List<String> scripts = new ArrayList<>();
    for (Optional<String> next = script(1); next.isPresent(); next = script(scripts.size() + 1)) {
      scripts.add(next.get());
    }
    return new Migrations(scripts);
  }

  /** The version that this program writes. */
  int newest() {
    return scripts.size();
  }

  /**
   * Brings a database to the newest version.
   *
   * @param connection in auto-commit mode
   * @param file the database, to be copied before each step; empty for a new one
   */
  void run(Connection connection, Optional<Path> file) throws SQLException, IOException {
    for (int version = version(connection); version < newest(); version++) {
      if (file.isPresent()) {
        copy(connection, file.get(), version);
      }
      step(connection, version);
    }
  }

  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma user_version")) {
      return row.getInt(1);
    }
  }

  private void step(Connection connection, int version) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : scripts.get(version).split(";\\s*\\R")) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
      statement.executeUpdate("pragma user_version = " + (version + 1));
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** The copy gets its name only when it is whole. */
  private static void copy(Connection connection, Path file, int version)
      throws SQLException, IOException {
    String name = String.format(Locale.ROOT, "%s.before-%03d", file.getFileName(), version + 1);
    Path unfinished = file.resolveSibling(name + ".tmp");
    Files.deleteIfExists(unfinished);
    try (PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
      vacuum.setString(1, unfinished.toString());
      vacuum.executeUpdate();
    }
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(unfinished, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<String> script(int number) {
    String name = String.format(Locale.ROOT, "/dev/sluice/ledger/%03d.sql", number);
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " from the program", e);
    }
  }
}
