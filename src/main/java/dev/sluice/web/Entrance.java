package dev.sluice.web;

import dev.sluice.web.door.LocalKey;
import dev.sluice.web.door.OwnerFile;
import dev.sluice.web.door.SetupCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/** Puts together what stands at the door, with its routes. */
final class Entrance {
  private final Vertx vertx;
  private final WebTools tools;
  private final OwnerWatch owners;
  private final DoorLedger ledger;
  private final Peers peers;
  private final SetupCode code = new SetupCode();
  private Guard guard;
  private Logins logins;

  /** What is on the console while the first start is not done. */
  private volatile String printed;

  Entrance(Vertx vertx, WebTools tools) {
    this.vertx = vertx;
    this.tools = tools;
    this.peers = new Peers(() -> tools.settings().get().server().trustedProxies());
    this.owners = new OwnerWatch(vertx, new OwnerFile(tools.data()));
    this.ledger = new DoorLedger(vertx, tools.ledger());
  }

  /** Reads who is known. Fails when the owner's file cannot be read. */
  Future<Void> start() {
    return vertx
        .executeBlocking(() -> LocalKey.make(tools.data()))
        .compose(
            key -> {
              guard = new Guard(vertx, owners, ledger, peers, key);
              logins = new Logins(guard);
              return guard.start();
            })
        .onSuccess(v -> printed = owners.owner().isEmpty() ? code.text() : null);
  }

  /** Commands of this machine have nobody to talk to any more. */
  Future<Void> stop() {
    return vertx.executeBlocking(
        () -> {
          LocalKey.remove(tools.data());
          return null;
        });
  }

  Guard guard() {
    return guard;
  }

  Peers peers() {
    return peers;
  }

  /** From any thread. */
  Optional<String> setupCode() {
    return Optional.ofNullable(printed);
  }

  /** From any thread. */
  String signInCode() {
    return logins.newLink();
  }

  void routes(Routes routes, Siblings siblings) {
    PasswordGate gate = new PasswordGate(vertx, guard);
    setup(routes, new SetupApi(guard, logins, gate, code, new SetupSteps(vertx, tools, siblings)));
    sessions(routes, new SessionApi(guard, logins, gate));
    keys(routes, new KeysApi(guard));
  }

  private void setup(Routes routes, SetupApi setup) {
    setup.onNewCode(
        next -> {
          printed = next;
          tools.console().accept("the code for the first start is now " + next);
        });
    routes.on(Access.PUBLIC, HttpMethod.GET, "/setup", setup::state);
    routes.on(Access.SETUP, HttpMethod.POST, "/setup", setup::commit);
    routes.on(Access.SETUP, HttpMethod.POST, "/setup/check", setup::check);
    routes.on(Access.SETUP, HttpMethod.POST, "/setup/folder", setup::folder);
  }

  private static void sessions(Routes routes, SessionApi sessions) {
    routes.on(Access.PUBLIC, HttpMethod.POST, "/session", sessions::begin);
    routes.on(Access.READ, HttpMethod.GET, "/session", sessions::get);
    routes.on(Access.OWNER, HttpMethod.DELETE, "/session", sessions::end);
    routes.on(Access.OWNER, HttpMethod.GET, "/sessions", sessions::list);
    routes.on(Access.OWNER, HttpMethod.DELETE, "/sessions", sessions::revokeOthers);
    routes.on(Access.OWNER, HttpMethod.DELETE, "/sessions/:id", sessions::revoke);
    routes.on(Access.OWNER, HttpMethod.PUT, "/password", sessions::changePassword);
  }

  private static void keys(Routes routes, KeysApi keys) {
    routes.on(Access.OWNER, HttpMethod.GET, "/keys", keys::list);
    routes.on(Access.OWNER, HttpMethod.POST, "/keys", keys::add);
    routes.on(Access.OWNER, HttpMethod.DELETE, "/keys/:id", keys::remove);
    routes.on(Access.OWNER, HttpMethod.GET, "/audit", keys::audit);
  }
}
