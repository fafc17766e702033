package dev.sluice.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sessions, API keys and the audit log as tables. */
final class DoorTable implements DoorRows {
  private static final String SESSIONS = "select * from session order by id desc";
  private static final String ADD_SESSION =
      "insert into session (hash, created_at, seen_at, device, address) values (?, ?, ?, ?, ?)"
          + " returning id";
  private static final String SEEN_SESSION = "update session set seen_at = ? where id = ?";
  private static final String REMOVE_SESSION = "delete from session where id = ?";
  private static final String REMOVE_SESSIONS_BUT = "delete from session where id <> ?";

  private static final String KEYS = "select * from api_key order by id desc";
  private static final String ADD_KEY =
      "insert into api_key (hash, name, read_only, created_at) values (?, ?, ?, ?) returning id";
  private static final String USED_KEY = "update api_key set used_at = ? where id = ?";
  private static final String REMOVE_KEY = "delete from api_key where id = ?";

  private static final String AUDIT_AGAIN =
      "update audit set last_at = ?, times = times + 1 where id = (select max(id) from audit"
          + " where what = ? and who = ? and address = ? and subject = ?) and last_at >= ?";
  private static final String AUDIT =
      "insert into audit (at, last_at, times, what, who, address, subject)"
          + " values (?, ?, ?, ?, ?, ?, ?) returning id";
  private static final String AUDIT_DROP = "delete from audit where id <= ?";
  private static final String AUDITS = "select * from audit where id < ? order by id desc limit ?";

  private final Statements statements;

  DoorTable(Statements statements) {
    this.statements = statements;
  }

  @Override
  public List<SessionRow> sessions() {
    return statements.list(SESSIONS, DoorTable::session);
  }

  @Override
  public long addSession(SessionRow row) {
    return statements.number(
        ADD_SESSION, row.hash(), row.createdAt(), row.seenAt(), row.device(), row.address());
  }

  @Override
  public void seenSession(long id, Instant at) {
    statements.update(SEEN_SESSION, at, id);
  }

  @Override
  public void removeSession(long id) {
    statements.update(REMOVE_SESSION, id);
  }

  @Override
  public void removeSessionsBut(long id) {
    statements.update(REMOVE_SESSIONS_BUT, id);
  }

  @Override
  public List<KeyRow> keys() {
    return statements.list(KEYS, DoorTable::key);
  }

  @Override
  public long addKey(KeyRow row) {
    int readOnly = row.readOnly() ? 1 : 0;
    return statements.number(ADD_KEY, row.hash(), row.name(), readOnly, row.createdAt());
  }

  @Override
  public void usedKey(long id, Instant at) {
    statements.update(USED_KEY, at, id);
  }

  @Override
  public boolean removeKey(long id) {
    return statements.update(REMOVE_KEY, id) == 1;
  }

  @Override
  public void audit(AuditRow row, Duration within, int keep) {
    int again =
        statements.update(
            AUDIT_AGAIN,
            row.at(),
            row.what(),
            row.who(),
            row.address(),
            row.subject(),
            row.at().minus(within));
    if (again == 0) {
      long id =
          statements.number(
              AUDIT,
              row.at(),
              row.lastAt(),
              row.times(),
              row.what(),
              row.who(),
              row.address(),
              row.subject());
      statements.update(AUDIT_DROP, id - keep);
    }
  }

  @Override
  public List<AuditRow> audits(long before, int limit) {
    return statements.list(AUDITS, DoorTable::audit, before, limit);
  }

  private static SessionRow session(ResultSet row) throws SQLException {
    return new SessionRow(
        row.getLong("id"),
        row.getString("hash"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")),
        row.getString("device"),
        row.getString("address"));
  }

  private static KeyRow key(ResultSet row) throws SQLException {
    return new KeyRow(
        row.getLong("id"),
        row.getString("hash"),
        row.getString("name"),
        row.getLong("read_only") != 0,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Statements.instant(row, "used_at"));
  }

  private static AuditRow audit(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getLong("times"),
        row.getString("what"),
        row.getString("who"),
        row.getString("address"),
        row.getString("subject"));
  }
}
