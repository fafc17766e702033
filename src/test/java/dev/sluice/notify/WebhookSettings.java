package dev.sluice.notify;

import dev.sluice.settings.Settings;
import dev.sluice.settings.Settings.Webhook;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings that hold nothing but webhooks, read as from a file. */
final class WebhookSettings {
  private WebhookSettings() {}

  static Settings of(Map<String, Webhook> hooks) {
    String text = hooks.values().stream().map(WebhookSettings::yaml).collect(Collectors.joining());
    try {
      return new SettingsReader(Path.of("/data")).read(text.isEmpty() ? "" : "webhooks:\n" + text);
    } catch (SettingsException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private static String yaml(Webhook hook) {
    String secret = hook.secretFile().map(file -> "    secret_file: " + file + "\n").orElse("");
    return "  "
        + hook.name()
        + ":\n    url: "
        + hook.url()
        + "\n    private: "
        + hook.allowPrivate()
        + "\n    events: "
        + hook.events()
        + "\n"
        + secret;
  }
}
