package dev.sluice.web;

import dev.sluice.web.door.LoginLimits;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.PasswordHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Tries passwords: as often as the limits allow, and one at a time on a thread of its own, so that
 * guessing takes no more than one core. For the web server's event loop.
 */
final class PasswordGate {
  private static final int STRANGERS_WAIT = 4;
  private static final int KNOWN_WAIT = 12;

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Guard guard;
  private final LoginLimits limits = new LoginLimits(System.nanoTime());
  private final WorkerExecutor worker;
  private int waiting;
  private long limitedNotedAt = System.nanoTime() - NOTED_EVERY.toNanos();

  PasswordGate(Vertx vertx, Guard guard) {
    this.guard = guard;
    this.worker = vertx.createSharedWorkerExecutor("password", 1);
  }

  /**
   * Succeeds if this is the owner's password.
   *
   * @param known whether the request comes from a session, which is as good as a known browser
   */
  Future<Void> check(HttpServerRequest request, String password, boolean known) {
    guard.owner();
    LoginLimits.Try attempt = attempt(request, known);
    return guard
        .owners
        .now()
        .map(now -> guard.owner())
        .compose(
            owner ->
                hash(attempt, () -> owner.password().fits(password))
                    .compose(fits -> still(owner, fits)))
        .map(
            fits -> {
              if (!fits) {
                guard.ledger.audit("login.failed", "", guard.peers.address(request), "");
                throw new Refusal(401, "password.wrong", "this is not the owner's password");
              }
              attempt.giveBack();
              return null;
            });
  }

  /** A password that was changed while it was tried is none any more. */
  private Future<Boolean> still(Owner tried, boolean fits) {
    return fits
        ? guard
            .owners
            .now()
            .map(now -> Arrays.equals(guard.owner().password().hash(), tried.password().hash()))
        : Future.succeededFuture(false);
  }

  /**
   * A try with something else that could be guessed.
   *
   * @throws Refusal 429 when it may not be made now
   */
  LoginLimits.Try attempt(HttpServerRequest request, boolean known) {
    String address = guard.peers.address(request);
    Optional<String> device = known ? Optional.of("session") : device(request);
    long now = System.nanoTime();
    LoginLimits.Try attempt =
        device
            .map(name -> limits.byDevice(name, now))
            .orElseGet(() -> limits.byStranger(address, now));
    if (!attempt.isAllowed()) {
      noteLimited(now);
      long wait = attempt.waitSeconds();
      String detail = "too many tries: wait " + wait + " s before the next one";
      throw new Refusal(429, "login.limited", detail).after(wait);
    }
    return attempt;
  }

  /** Whoever guesses without end makes no work for the disk with it. */
  private void noteLimited(long now) {
    if (now - limitedNotedAt >= NOTED_EVERY.toNanos()) {
      limitedNotedAt = now;
      guard.ledger.audit("login.limited", "", "", "");
    }
  }

  private Optional<String> device(HttpServerRequest request) {
    Optional<Owner> owner = guard.owners.owner();
    return Cookies.devices(request).stream()
        .filter(value -> owner.isPresent() && owner.get().knows(value))
        .findFirst();
  }

  /** What is kept of a new password. */
  Future<PasswordHash> make(String password) {
    return worker.executeBlocking(() -> PasswordHash.of(password));
  }

  private <T> Future<T> hash(LoginLimits.Try attempt, Callable<T> work) {
    if (waiting >= (attempt.isByStranger() ? STRANGERS_WAIT : KNOWN_WAIT)) {
      attempt.giveBack();
      String detail = "others are trying passwords right now: try again in a second";
      return Future.failedFuture(new Refusal(429, "login.busy", detail).after(1));
    }
    waiting++;
    return worker.executeBlocking(work).onComplete(done -> waiting--);
  }
}
