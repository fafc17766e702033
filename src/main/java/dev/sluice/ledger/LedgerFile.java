package dev.sluice.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Opens the database file. A file that is damaged, or newer than this program, is left as it is: an
 * empty ledger in its place would record and deliver everything again.
 */
final class LedgerFile {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int VERSION_AT = 60;

  // result codes of SQLite
  private static final int CORRUPT = 11;
  private static final int CANNOT_OPEN = 14;
  private static final int NO_DATABASE = 26;

  private final Path file;
  private final Migrations migrations;

  LedgerFile(Path file, Migrations migrations) {
    this.file = file.toAbsolutePath();
    this.migrations = migrations;
  }

  /** An open, checked and migrated database in auto-commit mode. */
  Connection open() {
    useWritableFolderForNativeLibrary();
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        create();
      }
      checkHeader();
      return connect();
    } catch (SQLException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new LedgerException("the ledger " + file + " cannot be opened: " + e, e);
    }
  }

  /** Made under another name: an empty file under the right one is damage, not a beginning. */
  private void create() throws IOException, SQLException {
    Path log = beside("-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new LedgerException(
          "the ledger "
              + file
              + " is gone but "
              + log
              + " is there: put the ledger back,"
              + " or move that file away to start with an empty one");
    }
    Path fresh = beside(".new");
    for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
      Files.deleteIfExists(beside(".new" + suffix));
    }
    createForOwner(fresh);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fresh)) {
      run(connection, "pragma synchronous = full");
      migrations.run(connection, Optional.empty());
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
  }

  /** Reads the head without SQLite, which might already write. */
  private void checkHeader() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // reads on until the head is whole or the file ends
      }
    }
    boolean whole = !head.hasRemaining();
    if (!whole || !head.flip().slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw damaged(whole ? "it is no SQLite database" : "it is cut short", null);
    }
    // SQLite itself fills up a short last page; with a log beside it the log has the whole page
    int pageBytes = Math.max(512, Short.toUnsignedInt(head.getShort(PAGE_SIZE_AT)));
    if (!hasLog() && Files.size(file) % pageBytes != 0) {
      throw damaged("it is cut short", null);
    }
    refuseNewer(head.getInt(VERSION_AT));
  }

  private boolean hasLog() throws IOException {
    Path log = beside("-wal");
    return Files.exists(log) && Files.size(log) > 0;
  }

  private Connection connect() throws SQLException, IOException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      configure(connection);
      check(connection);
      refuseNewer(Migrations.version(connection));
      migrations.run(connection, Optional.of(file));
      // brings the version into the file's head, where the next start looks for it
      run(connection, "pragma wal_checkpoint(truncate)");
      return connection;
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Durable at every commit. */
  static void configure(Connection connection) throws SQLException {
    run(connection, "pragma busy_timeout = 5000");
    if (!takesLog(connection)) {
      // a file system without shared memory: one process alone can still have the log
      run(connection, "pragma locking_mode = exclusive");
      answer(connection, "pragma journal_mode = wal");
    }
    run(connection, "pragma synchronous = full");
    run(connection, "pragma foreign_keys = on");
  }

  private static boolean takesLog(Connection connection) throws SQLException {
    try {
      return answer(connection, "pragma journal_mode = wal").equals("wal");
    } catch (SQLException e) {
      if (e.getErrorCode() == CANNOT_OPEN) {
        return false;
      }
      throw e;
    }
  }

  private void check(Connection connection) throws SQLException {
    String verdict = answer(connection, "pragma quick_check(1)");
    if (!verdict.equals("ok")) {
      throw damaged(verdict, null);
    }
  }

  private void refuseNewer(int version) {
    if (version > migrations.newest()) {
      throw new LedgerException(
          "the ledger "
              + file
              + " has version "
              + version
              + ", this program knows up to "
              + migrations.newest()
              + ": run the newer program, or put back the copy that it made beside the ledger");
    }
  }

  private LedgerException refusal(SQLException e) {
    boolean damage = e.getErrorCode() == CORRUPT || e.getErrorCode() == NO_DATABASE;
    return damage
        ? damaged(e.getMessage(), e)
        : new LedgerException("the ledger " + file + " cannot be opened: " + e.getMessage(), e);
  }

  private LedgerException damaged(String how, Throwable cause) {
    return new LedgerException(
        "the ledger "
            + file
            + " is damaged ("
            + how
            + ") and was left as it is: put a copy back, or move it away to start with an empty one",
        cause);
  }

  private void useWritableFolderForNativeLibrary() {
    boolean usable = Files.isWritable(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    if (!usable && System.getProperty("org.sqlite.tmpdir") == null) {
      System.setProperty("org.sqlite.tmpdir", file.getParent().toString());
    }
  }

  private static void createForOwner(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // addresses of rooms may carry tokens; the log inherits the mode
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
  }

  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // some file systems refuse to force a folder
      return;
    }
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static void run(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(pragma);
    }
  }

  private static String answer(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(pragma)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
