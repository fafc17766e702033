package dev.sluice.settings;

import dev.sluice.settings.Settings.Target;
import dev.sluice.settings.Settings.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what the user gives names to: targets and webhooks. */
final class NamedReader {
  private static final int MAX_WEBHOOKS = 50;

  private final Path data;

  NamedReader(Path data) {
    this.data = data;
  }

  Map<String, Target> targets(Fields fields) {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (isName(fields, name, "target")) {
        Fields target = fields.below(name);
        Optional<String> type = target.value(FieldTable.TARGET_TYPE, Scope.TARGET);
        Optional<Path> dir = target.value(FieldTable.TARGET_DIR, Scope.TARGET, Values.folder(data));
        if (!target.has(FieldTable.TARGET_DIR, Scope.TARGET)) {
          fields.problem(name, "needs 'dir', the folder that recordings are copied to");
        }
        String kind = type.orElseGet(FieldTable.TARGET_TYPE::initially);
        dir.ifPresent(path -> targets.put(name, new Target(name, kind, path)));
      }
    }
    return targets;
  }

  Map<String, Webhook> webhooks(Fields fields) {
    Map<String, Webhook> webhooks = new LinkedHashMap<>();
    if (fields.names().size() > MAX_WEBHOOKS) {
      fields.problem("", "more than " + MAX_WEBHOOKS + " webhooks");
      return webhooks;
    }
    for (String name : fields.names()) {
      if (isName(fields, name, "webhook")) {
        webhook(fields, name).ifPresent(webhook -> webhooks.put(name, webhook));
      }
    }
    return webhooks;
  }

  private Optional<Webhook> webhook(Fields fields, String name) {
    Fields webhook = fields.below(name);
    Scope scope = Scope.WEBHOOK;
    Optional<URI> url = webhook.value(FieldTable.WEBHOOK_URL, scope);
    Optional<Path> secret = webhook.value(FieldTable.WEBHOOK_SECRET, scope, Values.file(data));
    boolean allowPrivate =
        webhook
            .value(FieldTable.WEBHOOK_PRIVATE, scope)
            .orElseGet(FieldTable.WEBHOOK_PRIVATE::initially);
    List<String> events =
        webhook.list(FieldTable.WEBHOOK_EVENTS, scope, Function.identity()).orElse(List.of());
    if (!webhook.has(FieldTable.WEBHOOK_URL, scope)) {
      fields.problem(name, "needs 'url', the address that is told what happens");
    }
    return url.map(found -> new Webhook(name, found, secret, allowPrivate, events));
  }

  private static boolean isName(Fields fields, String name, String what) {
    if (!Values.isName(name)) {
      fields.nameProblem(name, "is no " + what + " name; use up to 32 of a-z, 0-9, '-' and '_'");
      return false;
    }
    return true;
  }
}
