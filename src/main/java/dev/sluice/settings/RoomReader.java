package dev.sluice.settings;

import dev.sluice.room.Mode;
import dev.sluice.settings.Settings.Overrides;
import dev.sluice.settings.Settings.RoomEntry;
import dev.sluice.settings.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the list of rooms. */
final class RoomReader {
  private final Problems problems;
  private final OverridesReader overrides;

  RoomReader(Problems problems, OverridesReader overrides) {
    this.problems = problems;
    this.overrides = overrides;
  }

  List<RoomEntry> rooms(Fields top) {
    List<YamlNode> nodes = top.items("rooms").orElse(List.of());
    if (nodes.size() > SettingsReader.MAX_ROOMS) {
      top.problem("rooms", "more than " + SettingsReader.MAX_ROOMS + " rooms");
      return List.of();
    }
    List<RoomEntry> rooms = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      room("rooms[" + i + "]", nodes.get(i)).ifPresent(rooms::add);
    }
    return rooms;
  }

  /** One entry, which may be a bare link. */
  private Optional<RoomEntry> room(String path, YamlNode node) {
    if (node.target() instanceof Scalar scalar && !node.isNull()) {
      return link(path, node, scalar.value())
          .map(link -> new RoomEntry(link, Optional.empty(), Mode.RECORD, Overrides.NONE));
    }
    Fields fields = new Fields(problems, Section.ROOM, path, node);
    if (!fields.has(FieldTable.LINK, Scope.ROOM)) {
      problems.add(node.place(), path, "a room needs a 'link'");
    }
    Optional<String> link = fields.value(FieldTable.LINK, Scope.ROOM);
    Optional<String> name = fields.value(FieldTable.ROOM_NAME, Scope.ROOM);
    Mode mode = mode(fields);
    Overrides own = overrides.read(fields, Scope.ROOM);
    return link.map(found -> new RoomEntry(found, name, mode, own));
  }

  /** Before there were modes a room was recorded or not; that is still read. */
  private static Mode mode(Fields fields) {
    Optional<Mode> mode = fields.value(FieldTable.MODE, Scope.ROOM);
    Optional<Boolean> record = fields.value(FieldTable.RECORD, Scope.ROOM);
    if (fields.has(FieldTable.MODE, Scope.ROOM) && fields.has(FieldTable.RECORD, Scope.ROOM)) {
      fields.problem("record", "stands beside 'mode', which took its place; keep 'mode'");
    }
    return mode.or(() -> record.map(on -> on ? Mode.RECORD : Mode.PAUSED))
        .orElseGet(FieldTable.MODE::initially);
  }

  private Optional<String> link(String path, YamlNode node, String text) {
    try {
      return Optional.of(FieldTable.LINK.kind().parser().apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(node.place(), path, e.getMessage());
      return Optional.empty();
    }
  }
}
