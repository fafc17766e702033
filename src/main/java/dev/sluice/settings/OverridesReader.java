package dev.sluice.settings;

import dev.sluice.settings.Settings.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what the whole, a platform or a room sets itself. */
final class OverridesReader {
  private final ConnectionReader connections;
  private final List<String> targets;

  /**
   * @param targets names of the targets that there are
   */
  OverridesReader(Path data, List<String> targets) {
    this.connections = new ConnectionReader(data);
    this.targets = targets;
  }

  /**
   * @param level the beginning of the scope
   */
  Overrides read(Fields level, Scope scope) {
    boolean whole = scope == Scope.GLOBAL;
    return new Overrides(
        level.value(FieldTable.NAME, scope),
        level.value(FieldTable.CONTAINER, scope),
        level.value(FieldTable.SPLIT_EVERY, scope),
        level.value(FieldTable.SPLIT_SIZE, scope),
        level.value(FieldTable.EVERY, scope),
        level.value(FieldTable.GRACE, scope),
        level.value(FieldTable.STALL, scope),
        level
            .list(FieldTable.TARGETS, scope, Values.target(targets))
            .map(list -> list.stream().distinct().toList()),
        level.value(FieldTable.KEEP_FOR, scope),
        whole ? Optional.empty() : level.value(FieldTable.KEEP_SIZE, scope),
        whole ? Connection.PLAIN : connections.read(level, scope));
  }
}
