package dev.sluice.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs statements, each prepared once. Belongs to the ledger's thread. Values may be numbers, text,
 * instants, paths, enums, or an {@link Optional} of one.
 */
final class Statements {
  private final Connection connection;

  /** As many as {@link Sql} has constants. */
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of an answer. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Rows changed. */
  int update(String sql, Object... values) {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw refused(sql, e);
    }
  }

  /** All rows of the answer. */
  <T> List<T> list(String sql, Reader<T> reader, Object... values) {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw refused(sql, e);
    }
  }

  /** The first row of the answer. */
  <T> Optional<T> first(String sql, Reader<T> reader, Object... values) {
    return list(sql, reader, values).stream().findFirst();
  }

  /** The one number that the statement answers, such as a new id. */
  long number(String sql, Object... values) {
    return first(sql, row -> row.getLong(1), values)
        .orElseThrow(() -> new LedgerException("no answer to: " + sql));
  }

  /** A time that may be absent. */
  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private PreparedStatement bind(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, plain(values[i]));
    }
    return statement;
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElse(null));
    }
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    if (value instanceof Path || value instanceof Enum<?>) {
      return value.toString();
    }
    return value;
  }

  private static LedgerException refused(String sql, SQLException e) {
    return new LedgerException("the ledger refused (" + e.getMessage() + "): " + sql, e);
  }
}
