package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which settings are secret, and how they are shown. */
final class Secrets {
  static final String MASK = "•••";
  private static final Set<String> HEADERS =
      Set.of("cookie", "authorization", "proxy-authorization");

  private Secrets() {}

  static boolean isSecretHeader(String name) {
    return HEADERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the value at a path of the settings would be a secret. */
  static boolean isSecret(List<String> path, String value) {
    String key = path.get(path.size() - 1);
    boolean header = path.size() > 1 && path.get(path.size() - 2).equals("headers");
    if (header) {
      return isSecretHeader(key);
    }
    return key.equals("cookie") || key.equals("proxy") && value.contains("@");
  }

  /** It may be set from outside, as nobody can name it otherwise, but is never shown whole. */
  private static boolean isWebhookUrl(List<String> path) {
    return path.size() == 3 && path.get(0).equals("webhooks") && path.get(2).equals("url");
  }

  /** Whether a secret is sent back as it was shown. */
  static boolean isMasked(List<String> path, JsonNode value) {
    return value.isTextual()
        && value.textValue().contains(MASK)
        && (isSecret(path, value.textValue()) || isWebhookUrl(path));
  }

  /** An address with all but its host masked: the rest may be what lets one in. */
  static String hostOnly(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    boolean more = url.getRawUserInfo() != null || url.getRawQuery() != null || !isBare(url);
    return url.getScheme() + "://" + url.getHost() + port + (more ? "/" + MASK : "");
  }

  private static boolean isBare(URI url) {
    return url.getRawPath() == null || url.getRawPath().length() <= 1;
  }

  /** The address of a proxy with its user and password masked. */
  static String masked(URI proxy) {
    String user = proxy.getRawUserInfo();
    return user == null ? proxy.toString() : proxy.toString().replace(user + "@", MASK + "@");
  }
}
