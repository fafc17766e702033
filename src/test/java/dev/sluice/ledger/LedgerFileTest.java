package dev.sluice.ledger;

import static dev.sluice.ledger.LedgerRows.ask;
import static dev.sluice.ledger.LedgerRows.recording;
import static dev.sluice.ledger.LedgerRows.tell;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileTest {
  @TempDir Path dir;

  private Path file() {
    return dir.resolve("ledger.db");
  }

  /** Number of the migration that a later program would bring. */
  private static final int NEXT = Migrations.carried().newest() + 1;

  private static String numbered(String name, int number) {
    return String.format(Locale.ROOT, "%s%03d", name, number);
  }

  private Migrations withOneMore(String sql) throws Exception {
    List<String> scripts = new ArrayList<>();
    for (int number = 1; number < NEXT; number++) {
      String name = numbered("/dev/sluice/ledger/", number) + ".sql";
      try (var in = Migrations.class.getResourceAsStream(name)) {
        scripts.add(new String(in.readAllBytes()));
      }
    }
    scripts.add(sql);
    return new Migrations(scripts);
  }

  private byte[] filledLedger() throws Exception {
    try (SqliteLedger ledger = SqliteLedger.open(file())) {
      for (int i = 0; i < 100; i++) {
        recording(ledger);
      }
    }
    return Files.readAllBytes(file());
  }

  private LedgerException refused(byte[] content) throws Exception {
    Files.write(file(), content);
    LedgerException refused =
        assertThrows(LedgerException.class, () -> SqliteLedger.open(file()).close());
    assertArrayEquals(content, Files.readAllBytes(file()), "it must be left as it was");
    return refused;
  }

  @Test
  void aNewerLedgerIsRefusedWithoutWriting() throws Exception {
    SqliteLedger.open(file(), withOneMore("create table later (id bigint);\n")).close();
    byte[] before = Files.readAllBytes(file());
    LedgerException refused = refused(before);
    assertTrue(refused.getMessage().contains("version " + NEXT), refused.getMessage());
    try (var files = Files.list(dir)) {
      assertEquals(List.of(file()), files.toList(), "nothing beside it");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 99, 100, 2048, 4096, 10_000})
  void aCutLedgerIsRefused(int bytes) throws Exception {
    byte[] whole = filledLedger();
    String message = refused(Arrays.copyOf(whole, bytes)).getMessage();
    assertTrue(message.contains("damaged") && message.contains(file().toString()), message);
  }

  @Test
  void aLedgerThatLostItsLastByteIsRefused() throws Exception {
    byte[] whole = filledLedger();
    refused(Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void anythingElseInItsPlaceIsRefused() throws Exception {
    assertTrue(refused("rooms: []\n".repeat(100).getBytes()).getMessage().contains("damaged"));
  }

  @Test
  void aPageOfRubbishIsRefused() throws Exception {
    byte[] broken = filledLedger();
    Arrays.fill(broken, 4096, 8192, (byte) 0x5A);
    assertTrue(refused(broken).getMessage().contains("damaged"));
  }

  @Test
  void aLedgerThatIsGoneButLeftItsLogIsNotReplaced() throws Exception {
    Files.write(dir.resolve("ledger.db-wal"), new byte[100]);
    assertThrows(LedgerException.class, () -> SqliteLedger.open(file()));
    assertFalse(Files.exists(file()));
  }

  @Test
  void aMissingFolderIsSaid() {
    Path nowhere = dir.resolve("no/ledger.db");
    LedgerException refused = assertThrows(LedgerException.class, () -> SqliteLedger.open(nowhere));
    assertTrue(refused.getMessage().contains(nowhere.toString()), refused.getMessage());
  }

  @Test
  void aCopyIsKeptBeforeAMigrationAndTheRowsStay() throws Exception {
    filledLedger();
    String sql = "alter table recording add column mood varchar;\ncreate table x (y bigint);\n";
    try (SqliteLedger ledger = SqliteLedger.open(file(), withOneMore(sql))) {
      assertEquals(100, ask(ledger, rows -> rows.recordings(Long.MAX_VALUE, 1000)).size());
    }
    Path copy = dir.resolve(numbered("ledger.db.before-", NEXT));
    try (SqliteLedger old = SqliteLedger.open(copy)) {
      assertEquals(100, ask(old, rows -> rows.recordings(Long.MAX_VALUE, 1000)).size());
    }
    assertThrows(LedgerException.class, () -> SqliteLedger.open(file()), "now it is newer");
  }

  @Test
  void aFailingMigrationLeavesTheOldVersion() throws Exception {
    filledLedger();
    String sql = "create table x (y bigint);\ncreate table x (y bigint);\n";
    Migrations broken = withOneMore(sql);
    for (int i = 0; i < 2; i++) {
      assertThrows(LedgerException.class, () -> SqliteLedger.open(file(), broken));
    }
    try (SqliteLedger ledger = SqliteLedger.open(file())) {
      assertEquals(100, ask(ledger, rows -> rows.recordings(Long.MAX_VALUE, 1000)).size());
    }
  }

  @Test
  void whatAFutureToldSurvivesALostProcess() throws Exception {
    Path other = dir.resolve("lost");
    Files.createDirectories(other);
    try (SqliteLedger ledger = SqliteLedger.open(file())) {
      tell(ledger, rows -> rows.setStopped(LedgerRows.ROOM, true));
      // the files as a killed process leaves them: the log is not yet in the database
      for (String name : List.of("ledger.db", "ledger.db-wal")) {
        Files.copy(dir.resolve(name), other.resolve(name));
      }
    }
    try (SqliteLedger ledger = SqliteLedger.open(other.resolve("ledger.db"))) {
      assertEquals(true, ask(ledger, rows -> rows.isStopped(LedgerRows.ROOM)));
    }
  }

  @Test
  void theConnectionIsDurableAlsoWithoutSharedMemory() throws Exception {
    SqliteLedger.open(file()).close();
    List<String> seen = new ArrayList<>();
    for (String options : List.of("", "?vfs=unix-none")) {
      try (Connection connection =
          DriverManager.getConnection("jdbc:sqlite:file:" + file() + options)) {
        LedgerFile.configure(connection);
        for (String pragma : List.of("journal_mode", "synchronous", "foreign_keys")) {
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery("pragma " + pragma)) {
            seen.add(row.getString(1));
          }
        }
      }
    }
    assertEquals(List.of("wal", "2", "1", "wal", "2", "1"), seen);
  }
}
