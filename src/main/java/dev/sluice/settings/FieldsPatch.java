package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of fields, by their paths in one scope, as changes to the text of the file. */
public final class FieldsPatch {
  private FieldsPatch() {}

  /** A path of a scope with its new value; null goes back to what is inherited. */
  record Edit(List<String> path, JsonNode value) {}

  /**
   * The changes for the whole or a platform.
   *
   * @param above {@code []} or {@code [platforms, NAME]}
   * @throws ChangeException where a path is unknown, or a value is a secret
   */
  public static List<Change> changes(Scope scope, List<String> above, ObjectNode values) {
    List<Change> changes = new ArrayList<>();
    for (Edit edit : edits(scope, values)) {
      List<String> path = new ArrayList<>(above);
      path.addAll(edit.path());
      changes.add(
          edit.value().isNull() ? new Change.Remove(path) : new Change.Set(path, edit.value()));
    }
    return changes;
  }

  /**
   * The changes for one entry of {@code rooms}.
   *
   * @param room position, from 0
   * @throws ChangeException where a path is unknown, or a value is a secret
   */
  public static List<Change> roomChanges(int room, ObjectNode values) {
    List<Change> changes = new ArrayList<>();
    for (Edit edit : edits(Scope.ROOM, values)) {
      if (edit.path().equals(List.of("mode"))) {
        // what the file may still hold from before there were modes
        changes.add(new Change.RemoveRoomField(room, List.of("record")));
      }
      changes.add(
          edit.value().isNull()
              ? new Change.RemoveRoomField(room, edit.path())
              : new Change.SetRoom(room, edit.path(), edit.value()));
    }
    return changes;
  }

  /** What is wrong, field by field, with paths as they were sent; others keep their whole path. */
  public static List<Mistake> mistakes(SettingsException failure, ObjectNode values) {
    return failure.problems().stream()
        .map(problem -> new Mistake(sent(problem.key(), values), problem.message()))
        .toList();
  }

  private static String sent(String key, ObjectNode values) {
    String plain = key.replaceFirst("^(rooms\\[[0-9]+]|platforms\\.[^.]*)\\.", "");
    String item = plain.replaceFirst("\\[[0-9]+]$", "");
    return values.has(item) ? item : key;
  }

  private static List<Edit> edits(Scope scope, ObjectNode values) {
    List<Edit> edits = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : values.properties()) {
      List<String> path = path(scope, each.getKey());
      JsonNode value = each.getValue();
      if (Secrets.isMasked(path, value)) {
        throw new ChangeException(
            Problems.quote(each.getKey())
                + " still holds what hides a secret; write the whole value");
      }
      checkForm(each.getKey(), value);
      MergePatch.refuse(path, value);
      edits.add(new Edit(path, value));
    }
    return edits;
  }

  private static void checkForm(String path, JsonNode value) {
    boolean list = value.isArray();
    for (JsonNode item : value) {
      list &= item.isTextual();
    }
    boolean fits = value.isValueNode() || list;
    if (!fits) {
      throw new ChangeException(Problems.quote(path) + " must be one value or a list of texts");
    }
  }

  private static List<String> path(Scope scope, String sent) {
    List<String> known = new ArrayList<>();
    for (Field<?> field : FieldTable.fields(scope)) {
      String path = field.path(scope);
      String map = path.replace("*", "");
      if (field.isMap() && sent.startsWith(map) && sent.length() > map.length()) {
        return List.of(map.substring(0, map.length() - 1), sent.substring(map.length()));
      }
      if (path.equals(sent)) {
        return List.of(path.split("\\."));
      }
      known.add(path);
    }
    return named(scope, sent).orElseThrow(() -> unknown(sent, known));
  }

  /** A target or a webhook, whole or one field of it; they stand beside what is for the whole. */
  private static Optional<List<String>> named(Scope scope, String sent) {
    List<String> keys = List.of(sent.split("\\.", -1));
    if (scope != Scope.GLOBAL || keys.size() < 2 || keys.get(1).isEmpty()) {
      return Optional.empty();
    }
    for (Scope below : List.of(Scope.TARGET, Scope.WEBHOOK)) {
      boolean here = below.prefix().equals(keys.get(0) + ".*.");
      String rest = String.join(".", keys.subList(2, keys.size()));
      boolean field = FieldTable.fields(below).stream().anyMatch(f -> f.path(below).equals(rest));
      if (here && (keys.size() == 2 || field)) {
        return Optional.of(keys);
      }
    }
    return Optional.empty();
  }

  private static ChangeException unknown(String sent, List<String> known) {
    return new ChangeException(
        "there is no setting " + Problems.quote(sent) + " here" + Nearest.hint(sent, known));
  }
}
