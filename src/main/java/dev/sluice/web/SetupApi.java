package dev.sluice.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.web.door.LoginLimits;
import dev.sluice.web.door.Owner;
import dev.sluice.web.door.PasswordHash;
import dev.sluice.web.door.SetupCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Consumer;

/** The first start, for whoever has the code from the console. */
final class SetupApi {
  private static final Set<String> LANGUAGES = Set.of("", "zh", "en");

  private final Guard guard;
  private final Logins logins;
  private final PasswordGate gate;
  private final SetupCode code;
  private final SetupSteps steps;
  private Consumer<String> onNewCode = next -> {};
  private boolean committing;

  SetupApi(Guard guard, Logins logins, PasswordGate gate, SetupCode code, SetupSteps steps) {
    this.guard = guard;
    this.logins = logins;
    this.gate = gate;
    this.code = code;
    this.steps = steps;
  }

  /**
   * @param listener is told the code that holds when the one before was used up by wrong tries
   */
  void onNewCode(Consumer<String> listener) {
    onNewCode = listener;
  }

  /** Whether the first start is to be done; nothing else is anybody's business. */
  Future<Answer> state(RoutingContext context) {
    String state = guard.owners.owner().isEmpty() ? "needed" : "done";
    return Future.succeededFuture(Answer.of(200, Json.NODES.objectNode().put("state", state)));
  }

  /** Whether the code is right, and what the settings give already. */
  Future<Answer> check(RoutingContext context) {
    ObjectNode body = Body.object(context);
    checkCode(context.request(), body);
    return Future.succeededFuture(Answer.of(200, steps.given()));
  }

  /** What is to be known of a folder before recordings go there. */
  Future<Answer> folder(RoutingContext context) {
    ObjectNode body = Body.object(context);
    checkCode(context.request(), body);
    return steps.look(Body.text(body, "recordings_dir")).map(seen -> Answer.of(200, seen));
  }

  /**
   * Everything at once: the password last, so that whatever fails leaves the first start undone.
   */
  Future<Answer> commit(RoutingContext context) {
    HttpServerRequest request = context.request();
    ObjectNode body = Body.object(context);
    checkCode(request, body);
    String password = Body.text(body, "password");
    PasswordHash.problem(password)
        .ifPresent(
            why -> {
              throw new Refusal(422, "password.weak", why);
            });
    String language = body.path("language").asText("");
    if (!LANGUAGES.contains(language)) {
      throw new Refusal(422, "language", "language: zh or en");
    }
    if (committing) {
      throw new Refusal(409, "setup.busy", "the first start is being done right now");
    }
    committing = true;
    // inside compose, so that what it throws ends the committing, too
    return Future.succeededFuture()
        .compose(v -> steps.carryOut(body))
        .compose(v -> gate.make(password))
        .compose(hash -> guard.owners.set(Owner.withPassword(hash, language)))
        .compose(v -> logins.begin(request, "setup"))
        .onComplete(done -> committing = false);
  }

  private void checkCode(HttpServerRequest request, ObjectNode body) {
    String given = Body.text(body, "code");
    LoginLimits.Try attempt = gate.attempt(request, false);
    if (code.fits(given)) {
      attempt.giveBack();
      return;
    }
    if (code.wrong()) {
      onNewCode.accept(code.text());
    }
    throw new Refusal(
        401, "code.wrong", "this is not the code that the server printed on its console");
  }
}
