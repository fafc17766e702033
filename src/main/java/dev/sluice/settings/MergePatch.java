package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON merge patch (RFC 7396) in the shape of the settings file as changes to its text. A value
 * that is still the mask of {@link SettingsJson} changes nothing, so what was read may be sent
 * back.
 */
public final class MergePatch {
  private static final int MAX_DEPTH = 8;

  private final List<Change> changes = new ArrayList<>();

  private MergePatch() {}

  /**
   * The changes that the patch asks for. {@code null} takes a key out; {@code rooms} is replaced as
   * a whole.
   *
   * @throws ChangeException where the patch is no object, holds a secret, or is too large
   */
  public static List<Change> changes(JsonNode patch) {
    if (!patch.isObject()) {
      throw new ChangeException("a change of the settings is a JSON object");
    }
    MergePatch merge = new MergePatch();
    merge.walk(List.of(), patch);
    return List.copyOf(merge.changes);
  }

  /**
   * Refuses secrets in a room or a part of the settings that came from outside.
   *
   * @throws ChangeException naming the key, never the value
   */
  public static void refuseSecrets(JsonNode part) {
    refuse(List.of(), part);
  }

  private void walk(List<String> above, JsonNode patch) {
    if (above.size() > MAX_DEPTH) {
      throw new ChangeException("the change is nested too deep");
    }
    for (var field : patch.properties()) {
      List<String> path = with(above, field.getKey());
      JsonNode value = field.getValue();
      if (path.equals(List.of("rooms"))) {
        rooms(path, value);
      } else if (value.isNull()) {
        add(new Change.Remove(path));
      } else if (value.isObject()) {
        walk(path, value);
      } else if (!Secrets.isMasked(path, value)) {
        refuse(path, value);
        add(new Change.Set(path, value));
      }
    }
  }

  private void rooms(List<String> path, JsonNode value) {
    if (value.isNull()) {
      add(new Change.Remove(path));
    } else if (value instanceof ArrayNode rooms) {
      refuse(path, rooms);
      add(new Change.Set(path, rooms));
    } else {
      throw new ChangeException("'rooms' is replaced as a whole: send a list");
    }
  }

  private void add(Change change) {
    if (changes.size() == SettingsWriter.MAX_CHANGES) {
      throw new ChangeException("more than " + SettingsWriter.MAX_CHANGES + " changes at once");
    }
    changes.add(change);
  }

  static void refuse(List<String> path, JsonNode value) {
    if (path.size() > MAX_DEPTH) {
      throw new ChangeException("the change is nested too deep");
    }
    if (value.isArray()) {
      value.forEach(item -> refuse(with(path, "[]"), item));
    } else if (value.isObject()) {
      value.properties().forEach(field -> refuse(with(path, field.getKey()), field.getValue()));
    } else if (!value.isNull() && Secrets.isSecret(path, value.asText())) {
      String key = Problems.quote(String.join(".", path));
      String advice = "put a cookie into a file of mode 0600 and name it with 'cookie_file'";
      throw new ChangeException(
          key + " is a secret, and secrets are not written to the settings file: " + advice);
    }
  }

  private static List<String> with(List<String> above, String key) {
    List<String> path = new ArrayList<>(above);
    path.add(key);
    return List.copyOf(path);
  }
}
