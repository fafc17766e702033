package dev.sluice.upload;

import dev.sluice.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The targets in use, made from the settings when first needed. A target whose settings changed is
 * made anew; what it is just sending still ends as it began. For one thread.
 */
final class Targets {
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(Settings.Target made, Target target) {}

  /** The target of this name; empty if the settings have none, or of a type not known here. */
  Optional<Target> find(Settings settings, String name) {
    Settings.Target wanted = settings.targets().get(name);
    if (wanted == null || !wanted.type().equals("folder")) {
      return Optional.empty();
    }
    Entry entry = entries.get(name);
    if (entry == null || !entry.made.equals(wanted)) {
      drop(entry);
      entry = new Entry(wanted, new FolderTarget(name, wanted.dir()));
      entries.put(name, entry);
    }
    return Optional.of(entry.target);
  }

  /** The target is stopped for good; the next delivery gets a new one. */
  void forget(String name) {
    drop(entries.remove(name));
  }

  /** Lets go of targets that the settings no longer have. */
  void keepOnly(Settings settings) {
    entries
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !settings.targets().containsKey(entry.getKey());
              if (gone) {
                drop(entry.getValue());
              }
              return gone;
            });
  }

  /** Lets go of all of them. */
  void close() {
    entries.values().forEach(Targets::drop);
    entries.clear();
  }

  private static void drop(Entry entry) {
    if (entry != null) {
      entry.target.close();
    }
  }
}
