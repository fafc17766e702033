package dev.sluice.settings;

import dev.sluice.settings.Settings.Target;
import dev.sluice.settings.Settings.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Optional<String> type = target.value("type", NamedReader::targetType);
        Optional<Path> dir = target.value("dir", Values.folder(data));
        if (target.node("dir").isEmpty()) {
          fields.problem(name, "needs 'dir', the folder that recordings are copied to");
        }
        dir.ifPresent(path -> targets.put(name, new Target(name, type.orElse("folder"), path)));
      }
    }
    return targets;
  }

  private static String targetType(String text) {
    if (!text.equals("folder")) {
      throw new IllegalArgumentException(
          Problems.quote(text) + " is no type of target; known: folder");
    }
    return text;
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
    Optional<URI> url = webhook.value("url", Values::webhook);
    Optional<Path> secret = webhook.value("secret_file", Values.file(data));
    boolean allowPrivate = webhook.value("private", Values::flag).orElse(false);
    List<String> events = webhook.list("events", Values::event).orElse(List.of());
    if (webhook.node("url").isEmpty()) {
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
