package dev.sluice.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping of the settings file and the keys that it may hold, as the field table says. */
final class Section {
  private static final String ANY = "*";
  private static final String ROOMS = "rooms";

  static final Section ROOT = ofTable();
  static final Section ROOM = ROOT.below(ROOMS);

  /** By key; a value without keys of its own is a leaf. */
  private final Map<String, Section> below = new LinkedHashMap<>();

  private static Section ofTable() {
    Section root = new Section();
    for (Scope scope : Scope.values()) {
      for (Field<?> field : FieldTable.fields(scope)) {
        Section at = root;
        for (String key : (scope.prefix() + field.path(scope)).replace("[]", "").split("\\.")) {
          at = at.below.computeIfAbsent(key, k -> new Section());
        }
      }
    }
    return root;
  }

  /** The keys in the order they are shown; empty: the user chooses them. */
  List<String> keys() {
    return below.containsKey(ANY) ? List.of() : List.copyOf(below.keySet());
  }

  /** What the value of a key of this section is, or null where it is a value or a list. */
  Section below(String key) {
    Section found = below.getOrDefault(ANY, below.get(key));
    return found == null || found.below.isEmpty() ? null : found;
  }

  /**
   * Every key that holds a value, as dotted paths; {@code *} stands for a name the user chooses.
   */
  static List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect(ROOT, "", paths);
    return paths;
  }

  private static void collect(Section section, String path, List<String> paths) {
    for (String key : section.below.keySet()) {
      Section below = section.below(key);
      if (below == null) {
        paths.add(path + key);
      } else {
        collect(below, path + key + (below == ROOM ? "[]." : "."), paths);
      }
    }
  }
}
