package dev.sluice.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.SettingsReply.Outcome;
import dev.sluice.node.SettingsEditor.Edit;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Change;
import dev.sluice.settings.ChangeException;
import dev.sluice.settings.Environment;
import dev.sluice.settings.FieldsPatch;
import dev.sluice.settings.FieldsView;
import dev.sluice.settings.Scope;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings field by field: what the settings pages read and write. */
final class FieldsEditor {
  private final SettingsFile file;
  private final Environment environment;

  FieldsEditor(SettingsFile file, Environment environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * The fields that are wanted. Blocks.
   *
   * @param keys the rooms in the order of the file
   */
  SettingsReply fields(SettingsFile.Loaded now, SettingsCommand.Fields wanted, List<RoomKey> keys)
      throws SettingsException {
    Map<RoomKey, FieldsView.Room> rooms = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      RoomKey key = keys.get(i);
      rooms.putIfAbsent(key, new FieldsView.Room(key.publicId(), key.platform(), i));
    }
    FieldsView.Wanted of = new FieldsView.Wanted(wanted.platform(), wanted.roomId());
    boolean writable = file.isWritable();
    return FieldsView.of(now.text(), environment, List.copyOf(rooms.values()), of)
        .map(view -> shown(now, view.put("writable", writable)))
        .orElseGet(
            () ->
                SettingsEditor.unchanged(now, SettingsEditor.noSuchRoom(wanted.roomId())).reply());
  }

  private static SettingsReply shown(SettingsFile.Loaded now, ObjectNode view) {
    return new SettingsReply(
        Outcome.OK, "", "", now.etag(), view, List.of(), Optional.empty(), List.of());
  }

  /** The changes that are asked for. */
  static Edit edit(List<RoomKey> keys, SettingsCommand.PatchFields patch) {
    Optional<String> room = patch.of().roomId();
    List<Change> changes = new ArrayList<>();
    try {
      if (room.isPresent()) {
        for (int i = 0; i < keys.size(); i++) {
          if (keys.get(i).publicId().equals(room.get())) {
            changes.addAll(FieldsPatch.roomChanges(i, patch.values()));
          }
        }
      } else {
        Scope scope = patch.of().platform().isPresent() ? Scope.PLATFORM : Scope.GLOBAL;
        List<String> above =
            patch.of().platform().map(p -> List.of("platforms", p)).orElse(List.of());
        changes.addAll(FieldsPatch.changes(scope, above, patch.values()));
      }
    } catch (ChangeException e) {
      return Edit.answer(Outcome.INVALID, room, "settings.change", e.getMessage());
    }
    boolean there =
        room.isEmpty() || keys.stream().anyMatch(key -> key.publicId().equals(room.get()));
    return there
        ? new Edit(
            changes, patch.etag(), room, Outcome.OK, "", "", Optional.of(patch.values()), false)
        : SettingsEditor.noSuchRoom(room);
  }
}
