package dev.sluice.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in one SQLite file: one connection on one thread named {@code ledger}, every commit
 * forced to the disk. Futures complete on that thread, so what hangs on them must not block it.
 */
public final class SqliteLedger implements Ledger {
  /** Calls that may wait; further ones fail. */
  static final int MAX_WAITING = 10_000;

  private static final long CLOSE_LIMIT_SECONDS = 15;
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLedger.class);

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          task -> {
            Thread ledger = new Thread(task, "ledger");
            ledger.setDaemon(true);
            return ledger;
          });
  private final Connection connection;
  private final SqlRows rows;

  private SqliteLedger(Connection connection) throws SQLException {
    this.connection = connection;
    this.rows = new SqlRows(new Statements(connection));
    connection.setAutoCommit(false);
  }

  /**
   * Opens the file, or makes it. Blocks.
   *
   * @throws LedgerException if the file is damaged, newer than this program or cannot be opened; it
   *     is left as it was
   */
  public static SqliteLedger open(Path file) {
    return open(file, Migrations.carried());
  }

  static SqliteLedger open(Path file, Migrations migrations) {
    Connection connection = new LedgerFile(file, migrations).open();
    try {
      return new SqliteLedger(connection);
    } catch (SQLException e) {
      throw new LedgerException("the ledger " + file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** A ledger that forgets everything when it is closed: for tests and the demo. */
  public static SqliteLedger inMemory() {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      LedgerFile.configure(connection);
      Migrations.carried().run(connection, Optional.empty());
      return new SqliteLedger(connection);
    } catch (SQLException | IOException e) {
      throw new LedgerException("no ledger in memory: " + e.getMessage(), e);
    }
  }

  @Override
  public <T> CompletableFuture<T> call(Function<Rows, T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> run(work, answer));
    } catch (RejectedExecutionException e) {
      String why =
          thread.isShutdown() ? "the ledger is closed" : "too many calls wait for the ledger";
      answer.completeExceptionally(new LedgerException(why, e));
    }
    return answer;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        disconnect();
      } else {
        LOG.warn("the ledger still works after {} s and is left", CLOSE_LIMIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> void run(Function<Rows, T> work, CompletableFuture<T> answer) {
    T result;
    try {
      result = work.apply(rows);
      connection.commit();
    } catch (SQLException e) {
      rollBack();
      answer.completeExceptionally(
          new LedgerException("the ledger could not store a change: " + e.getMessage(), e));
      return;
    } catch (Throwable e) {
      // whatever went wrong in the work, nothing of it may stay in the transaction of the next call
      rollBack();
      answer.completeExceptionally(e);
      return;
    }
    answer.complete(result);
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.error("the ledger could not roll back: {}", e.getMessage());
    }
  }

  private void disconnect() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("the ledger did not close in order: {}", e.getMessage());
    }
  }
}
