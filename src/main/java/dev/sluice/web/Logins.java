package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.SessionRow;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.SessionBook;
import dev.sluice.web.door.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Begins and ends sessions. For the web server's event loop. */
final class Logins {
  private static final int MAX_LINKS = 20;

  private final Guard guard;

  /** Hashes of codes in sign-in links that nobody has used yet. From any thread. */
  private final Set<String> links = Collections.synchronizedSet(new LinkedHashSet<>());

  /** Sessions that the ledger did not take; they end with the process. */
  private long unkept;

  Logins(Guard guard) {
    this.guard = guard;
  }

  /** A code that signs somebody in once. From any thread. */
  String newLink() {
    String code = Tokens.random();
    synchronized (links) {
      links.add(Tokens.hash(code));
      if (links.size() > MAX_LINKS) {
        links.remove(links.iterator().next());
      }
    }
    return code;
  }

  /** Whether the code is one of those; it is none after that. */
  boolean redeem(String code) {
    return links.remove(Tokens.hash(code));
  }

  /**
   * Signs the browser in with a new session, whatever session it had before, and answers what it is
   * to know.
   *
   * @param how for the audit log
   */
  Future<Answer> begin(HttpServerRequest request, String how) {
    guard.session(request).ifPresent(old -> end(old.row()));
    String token = Tokens.random();
    String address = guard.peers.address(request);
    Instant now = notBefore(guard.owner().sessionsSince());
    String device = DoorLedger.cut(request.getHeader(HttpHeaders.USER_AGENT));
    SessionRow row = new SessionRow(0, Tokens.hash(token), now, now, device, address);
    return guard
        .ledger
        .ask(rows -> rows.addSession(row))
        .otherwise(failure -> --unkept)
        .map(
            id -> {
              SessionRow kept = new SessionRow(id, row.hash(), now, now, device, address);
              guard.sessions.add(kept).ifPresent(this::forget);
              guard.ledger.audit(how, "session " + id, address, device);
              putCookies(request, token);
              return Answer.of(200, view(kept, token));
            });
  }

  /** The clock may have been ahead when the password was set: who has it comes in all the same. */
  private static Instant notBefore(Instant since) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(since) ? since : now;
  }

  private void putCookies(HttpServerRequest request, String token) {
    boolean https = guard.peers.isHttps(request);
    Cookies.putSession(request, token, SessionBook.ABSOLUTE, https);
    putDevice(request, https);
  }

  void putDevice(HttpServerRequest request, boolean https) {
    Owner owner = guard.owner();
    if (Cookies.devices(request).stream().noneMatch(owner::knows)) {
      Cookies.putDevice(request, owner.newDevice(), SessionBook.ABSOLUTE.multipliedBy(12), https);
    }
  }

  /** Ends a session: at once here, and in the ledger. */
  Future<Void> end(SessionRow row) {
    guard.sessions.remove(row);
    return forget(row);
  }

  private Future<Void> forget(SessionRow row) {
    return guard.ledger.insist(rows -> rows.removeSession(row.id()));
  }

  /** Ends all sessions but one. */
  Future<Void> endBut(long id) {
    guard.sessions.removeBut(id);
    return guard.ledger.insist(rows -> rows.removeSessionsBut(id));
  }

  /** What a signed-in browser is told of itself. */
  ObjectNode view(SessionRow row, String token) {
    return Json.NODES
        .objectNode()
        .put("kind", "session")
        .put("id", Long.toString(row.id()))
        .put("token", Guard.csrf(token))
        .put("expires_at", Json.instant(SessionBook.ends(row)))
        .put("language", guard.owner().language());
  }
}
