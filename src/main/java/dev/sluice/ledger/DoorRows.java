package dev.sluice.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sessions, API keys and the audit log. Like all rows valid only inside a call of the ledger. */
public interface DoorRows {
  /** Every session, newest first. */
  List<SessionRow> sessions();

  /** Enters a session and answers its id. */
  long addSession(SessionRow session);

  /** Notes that a session was used. */
  void seenSession(long id, Instant at);

  /** Forgets a session; does nothing if there is none. */
  void removeSession(long id);

  /** Forgets all sessions but one (0: all). */
  void removeSessionsBut(long id);

  /** Every key, newest first. */
  List<KeyRow> keys();

  /**
   * Enters a key and answers its id.
   *
   * @throws LedgerException if there is one of this name
   */
  long addKey(KeyRow key);

  /** Notes that a key was used. */
  void usedKey(long id, Instant at);

  /** Forgets a key; whether there was one. */
  boolean removeKey(long id);

  /**
   * Enters something that was done. If the same was entered not longer ago than {@code within},
   * that row counts on instead.
   *
   * @param keep rows beyond this number are dropped, oldest first
   */
  void audit(AuditRow row, Duration within, int keep);

  /** Newest first, with an id below {@code before}. */
  List<AuditRow> audits(long before, int limit);
}
