package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.ledger.SessionRow;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.PasswordHash;
import dev.sluice.web.door.SessionBook;
import dev.sluice.web.door.Visitor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/** Signing in and out, the list of sessions, and the password. */
final class SessionApi {
  private final Guard guard;
  private final Logins logins;
  private final PasswordGate gate;

  SessionApi(Guard guard, Logins logins, PasswordGate gate) {
    this.guard = guard;
    this.logins = logins;
    this.gate = gate;
  }

  /** By password, or by the code of a sign-in link. */
  Future<Answer> begin(RoutingContext context) {
    HttpServerRequest request = context.request();
    ObjectNode body = Body.object(context);
    guard.owner();
    if (body.hasNonNull("code")) {
      if (!logins.redeem(Body.text(body, "code"))) {
        throw new Refusal(
            401, "code.used", "this sign-in link was used already or is of an earlier start");
      }
      return logins.begin(request, "login.link");
    }
    return gate.check(request, Body.text(body, "password"), false)
        .compose(v -> logins.begin(request, "login"));
  }

  /** Who asks. */
  Future<Answer> get(RoutingContext context) {
    Visitor visitor = Guard.visitor(context);
    if (visitor instanceof Visitor.Program program) {
      return Future.succeededFuture(
          Answer.of(
              200,
              Json.NODES
                  .objectNode()
                  .put("kind", "key")
                  .put("name", program.keyName())
                  .put("read_only", program.readOnly())));
    }
    ObjectNode view =
        guard
            .session(context.request())
            .filter(signed -> visitor instanceof Visitor.Browser)
            .map(signed -> logins.view(signed.row(), signed.token()))
            .orElseGet(() -> Json.NODES.objectNode().put("kind", "command"));
    return Future.succeededFuture(Answer.of(200, view));
  }

  /** Signs out. */
  Future<Answer> end(RoutingContext context) {
    guard
        .session(context.request())
        .ifPresent(
            signed -> {
              guard.audit(context, "logout", "");
              logins.end(signed.row());
            });
    Cookies.dropSession(context.request(), guard.peers.isHttps(context.request()));
    return Future.succeededFuture(Answer.empty());
  }

  /** Every session. */
  Future<Answer> list(RoutingContext context) {
    long own = own(context);
    ArrayNode items = Json.NODES.arrayNode();
    for (SessionRow row : guard.sessions.all(guard.owner().sessionsSince(), Instant.now())) {
      items
          .addObject()
          .put("id", Long.toString(row.id()))
          .put("device", row.device())
          .put("address", row.address())
          .put("created_at", Json.instant(row.createdAt()))
          .put("seen_at", Json.instant(row.seenAt()))
          .put("expires_at", Json.instant(SessionBook.ends(row)))
          .put("this", row.id() == own);
    }
    ObjectNode all = Json.NODES.objectNode();
    all.set("items", items);
    return Future.succeededFuture(Answer.of(200, all));
  }

  private static long own(RoutingContext context) {
    return Guard.visitor(context) instanceof Visitor.Browser browser ? browser.session() : 0;
  }

  /** Ends one. */
  Future<Answer> revoke(RoutingContext context) {
    String id = context.pathParam("id");
    SessionRow row =
        guard.sessions.all(guard.owner().sessionsSince(), Instant.now()).stream()
            .filter(each -> Long.toString(each.id()).equals(id))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("session"));
    return logins
        .end(row)
        .map(
            ended -> {
              guard.audit(context, "session.ended", "session " + row.id());
              return Answer.empty();
            });
  }

  /** Ends all but the one that asks. */
  Future<Answer> revokeOthers(RoutingContext context) {
    return logins
        .endBut(own(context))
        .map(
            ended -> {
              guard.audit(context, "sessions.ended", "");
              return Answer.empty();
            });
  }

  /** Sets another password; all other sessions end, and no browser is known any more. */
  Future<Answer> changePassword(RoutingContext context) {
    HttpServerRequest request = context.request();
    ObjectNode body = Body.object(context);
    String next = Body.text(body, "new");
    PasswordHash.problem(next)
        .ifPresent(
            why -> {
              throw new Refusal(422, "password.weak", why);
            });
    Owner owner = guard.owner();
    return gate.check(request, Body.text(body, "password"), true)
        .recover(SessionApi::notUnauthorized)
        .compose(v -> gate.make(next))
        .compose(hash -> guard.owners.set(owner.changed(hash)))
        .map(
            v -> {
              logins.endBut(own(context));
              guard.audit(context, "password.changed", "");
              logins.putDevice(request, guard.peers.isHttps(request));
              return Answer.empty();
            });
  }

  /** The browser is signed in: another answer than 401, which would show it the door. */
  private static <T> Future<T> notUnauthorized(Throwable failure) {
    return failure instanceof Refusal refusal && refusal.status() == 401
        ? Future.failedFuture(new Refusal(422, refusal.key(), refusal.getMessage()))
        : Future.failedFuture(failure);
  }
}
