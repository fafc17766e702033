package dev.sluice.web;

import dev.sluice.ledger.KeyRow;
import dev.sluice.ledger.SessionRow;
import dev.sluice.web.door.KeyBook;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.SessionBook;
import dev.sluice.web.door.Tokens;
import dev.sluice.web.door.Visitor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows who asks, and lets them as far as their access goes. For the web server's event loop. */
final class Guard {
  static final String TOKEN = "x-sluice-token";
  private static final String BEARER = "Bearer ";
  private static final String VISITOR = "visitor";
  private static final String ADMITTED = "admitted";
  private static final long SWEEP_MS = 60_000;
  private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  final OwnerWatch owners;
  final SessionBook sessions = new SessionBook();
  final KeyBook keys = new KeyBook();
  final DoorLedger ledger;
  final Peers peers;
  private final Vertx vertx;
  private final String localKey;

  /**
   * @param localKey what commands on this machine show
   */
  Guard(Vertx vertx, OwnerWatch owners, DoorLedger ledger, Peers peers, String localKey) {
    this.vertx = vertx;
    this.owners = owners;
    this.ledger = ledger;
    this.peers = peers;
    this.localKey = localKey;
  }

  /** Reads who is known. */
  Future<Void> start() {
    return owners
        .start()
        .compose(v -> ledger.ask(rows -> new Known(rows.sessions(), rows.keys())))
        .map(
            known -> {
              sessions.load(known.sessions());
              keys.load(known.keys());
              vertx.setPeriodic(SWEEP_MS, id -> sweep());
              sweep();
              return null;
            });
  }

  private record Known(List<SessionRow> sessions, List<KeyRow> keys) {}

  private void sweep() {
    List<SessionRow> ended = sessions.removeEnded(since(), Instant.now());
    if (!ended.isEmpty()) {
      ledger.tell(rows -> ended.forEach(row -> rows.removeSession(row.id())));
    }
  }

  /** The owner. */
  Owner owner() {
    return owners.owner().orElseThrow(Guard::notSetUp);
  }

  private Instant since() {
    return owners.owner().map(Owner::sessionsSince).orElse(Instant.MAX);
  }

  /**
   * Lets a request through.
   *
   * @throws Refusal 401 for nobody known, 403 for too little, 409 for a first start that is done
   */
  void admit(Access access, RoutingContext context) {
    check(access, context);
    context.put(ADMITTED, access);
  }

  /** For who is about to do something: a route that nobody guards does nothing. */
  static void checkAdmitted(RoutingContext context, Access access) {
    if (context.get(ADMITTED) != access) {
      throw new IllegalStateException("nobody was admitted here");
    }
  }

  private void check(Access access, RoutingContext context) {
    if (access == Access.PUBLIC) {
      return;
    }
    if (access == Access.SETUP) {
      if (owners.owner().isPresent()) {
        throw new Refusal(409, "setup.done", "the owner's password is set already: sign in");
      }
      return;
    }
    HttpServerRequest request = context.request();
    Visitor visitor = find(request).orElseThrow(this::unknown);
    checkToken(visitor, request);
    checkReach(visitor, access);
    context.put(VISITOR, visitor);
  }

  /** Who was admitted to this request. */
  static Visitor visitor(RoutingContext context) {
    Visitor visitor = context.get(VISITOR);
    if (visitor == null) {
      throw new IllegalStateException("nobody was admitted here");
    }
    return visitor;
  }

  private Refusal unknown() {
    return owners.owner().isEmpty()
        ? notSetUp()
        : new Refusal(401, "login.needed", "sign in, or send an API key as a bearer token");
  }

  static Refusal notSetUp() {
    return new Refusal(
        401,
        "setup.needed",
        "no owner's password is set yet: open the page and set one with the code that the server"
            + " printed, or run sluice password");
  }

  private static void checkToken(Visitor visitor, HttpServerRequest request) {
    if (visitor instanceof Visitor.Browser browser && !HARMLESS.contains(request.method())) {
      String given = request.getHeader(TOKEN);
      if (given == null || !Tokens.same(browser.token(), given)) {
        throw new Refusal(403, "token.wrong", "send the token of GET /api/v1/session as " + TOKEN);
      }
    }
  }

  private static void checkReach(Visitor visitor, Access access) {
    if (visitor instanceof Visitor.Program program) {
      if (access == Access.OWNER) {
        throw new Refusal(403, "key.not_owner", "no API key may do this: sign in");
      }
      if (access == Access.WRITE && program.readOnly()) {
        throw new Refusal(403, "key.read_only", "this API key may only read");
      }
    }
  }

  /** Who asks; a bearer token counts alone, whatever cookies come with it. */
  Optional<Visitor> find(HttpServerRequest request) {
    if (owners.owner().isEmpty()) {
      return Optional.empty();
    }
    List<String> authorization = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (!authorization.isEmpty()) {
      return authorization.size() == 1 ? bearer(authorization.get(0), request) : Optional.empty();
    }
    return session(request).map(Signed::browser);
  }

  private Optional<Visitor> bearer(String header, HttpServerRequest request) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String key = header.substring(BEARER.length()).strip();
    if (Tokens.same(localKey, key)) {
      return Peers.isThisMachine(request) ? Optional.of(new Visitor.Command()) : Optional.empty();
    }
    return keys.find(key).map(this::used);
  }

  private Visitor used(KeyRow row) {
    Instant now = Instant.now();
    if (keys.used(row, now)) {
      ledger.tell(rows -> rows.usedKey(row.id(), now));
    }
    return new Visitor.Program(row.id(), row.name(), row.readOnly());
  }

  /** A session with the token that its browser carries. */
  record Signed(SessionRow row, String token) {
    Visitor browser() {
      return new Visitor.Browser(row.id(), csrf(token));
    }
  }

  /** Made of the session's token, so that it needs no place of its own. */
  static String csrf(String token) {
    return Tokens.hash("csrf " + token);
  }

  /** The session of the request; its use is noted. */
  Optional<Signed> session(HttpServerRequest request) {
    Instant now = Instant.now();
    for (String token : Cookies.sessions(request)) {
      Optional<SessionRow> row = sessions.find(token, since(), now);
      if (row.isPresent()) {
        if (sessions.seen(row.get(), now)) {
          ledger.tell(rows -> rows.seenSession(row.get().id(), now));
        }
        return Optional.of(new Signed(row.get(), token));
      }
    }
    return Optional.empty();
  }

  /** Whether somebody who was admitted a while ago still would be. */
  boolean stillIn(Visitor visitor) {
    if (visitor instanceof Visitor.Browser browser) {
      return sessions.counts(browser.session(), since(), Instant.now());
    }
    return !(visitor instanceof Visitor.Program program) || keys.has(program.key());
  }

  /** Notes for the audit log what was done by the visitor of this request. */
  void audit(RoutingContext context, String what, String subject) {
    ledger.audit(what, visitor(context).name(), peers.address(context.request()), subject);
  }
}
