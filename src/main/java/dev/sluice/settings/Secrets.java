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

  /** Whether a secret is sent back as it was shown. */
  static boolean isMasked(List<String> path, JsonNode value) {
    return value.isTextual()
        && value.textValue().contains(MASK)
        && isSecret(path, value.textValue());
  }

  /** The address of a proxy with its user and password masked. */
  static String masked(URI proxy) {
    String user = proxy.getRawUserInfo();
    return user == null ? proxy.toString() : proxy.toString().replace(user + "@", MASK + "@");
  }
}
