package dev.sluice.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.SettingsCommand;
import dev.sluice.bus.SettingsReply;
import dev.sluice.bus.SettingsReply.Applied;
import dev.sluice.bus.SettingsReply.Outcome;
import dev.sluice.platform.LinkException;
import dev.sluice.platform.Platforms;
import dev.sluice.room.RoomKey;
import dev.sluice.settings.Change;
import dev.sluice.settings.ChangeException;
import dev.sluice.settings.FieldsPatch;
import dev.sluice.settings.MergePatch;
import dev.sluice.settings.Settings;
import dev.sluice.settings.SettingsDiff;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsJson;
import dev.sluice.settings.SettingsWriter;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns what is asked of the settings into changes of the file's text, and stores them. */
final class SettingsEditor {
  private final SettingsFile file;
  private final SettingsWriter writer;
  private final Platforms platforms;
  private final RemovedRooms removed = new RemovedRooms();

  SettingsEditor(SettingsFile file, SettingsWriter writer, Platforms platforms) {
    this.file = file;
    this.writer = writer;
    this.platforms = platforms;
  }

  /**
   * Changes to make, or the answer when there is nothing to do.
   *
   * @param etag the file must still have it, when present
   * @param fields values by path, where it was asked so: mistakes are said by them
   * @param restore whether the room is to be put back
   */
  record Edit(
      List<Change> changes,
      Optional<String> etag,
      Optional<String> roomId,
      Outcome outcome,
      String key,
      String detail,
      Optional<ObjectNode> fields,
      boolean restore) {
    static Edit of(List<Change> changes, Optional<String> roomId) {
      return new Edit(
          changes, Optional.empty(), roomId, Outcome.OK, "", "", Optional.empty(), false);
    }

    static Edit answer(Outcome outcome, Optional<String> roomId, String key, String detail) {
      return new Edit(
          List.of(), Optional.empty(), roomId, outcome, key, detail, Optional.empty(), false);
    }

    static Edit restore(String roomId) {
      return new Edit(
          List.of(),
          Optional.empty(),
          Optional.of(roomId),
          Outcome.OK,
          "",
          "",
          Optional.empty(),
          true);
    }

    /** The positions of rooms that are taken out, in the order of the file. */
    private List<Integer> removals() {
      return changes.stream()
          .filter(Change.RemoveRoom.class::isInstance)
          .map(change -> ((Change.RemoveRoom) change).room())
          .sorted()
          .toList();
    }
  }

  /** The answer, and what is in force from now on when something was stored. */
  record Stored(SettingsReply reply, Optional<SettingsFile.Loaded> loaded) {}

  /** Works out the changes; links are identified on the way. */
  Future<Edit> edit(SettingsFile.Loaded now, SettingsCommand command) {
    try {
      if (command instanceof SettingsCommand.Patch patch) {
        return Future.succeededFuture(
            new Edit(
                MergePatch.changes(patch.patch()),
                patch.etag(),
                Optional.empty(),
                Outcome.OK,
                "",
                "",
                Optional.empty(),
                false));
      } else if (command instanceof SettingsCommand.PatchFields patch) {
        return entries(now.settings()).map(keys -> FieldsEditor.edit(keys, patch));
      } else if (command instanceof SettingsCommand.AddRoom add) {
        return add(now.settings(), add.entry());
      } else if (command instanceof SettingsCommand.PatchRoom patch) {
        MergePatch.refuseSecrets(patch.fields());
        return entries(now.settings())
            .map(SettingsEditor::ids)
            .map(ids -> patchRoom(ids, patch.roomId(), patch.fields()));
      } else if (command instanceof SettingsCommand.RemoveRoom remove) {
        return entries(now.settings())
            .map(SettingsEditor::ids)
            .map(ids -> removeRoom(ids, remove.roomId()));
      } else if (command instanceof SettingsCommand.RestoreRoom restore) {
        return entries(now.settings())
            .map(SettingsEditor::ids)
            .map(ids -> restoreRoom(ids, restore.roomId()));
      }
      return Future.succeededFuture(Edit.of(List.of(), Optional.empty()));
    } catch (ChangeException e) {
      return Future.succeededFuture(
          Edit.answer(Outcome.INVALID, Optional.empty(), "settings.change", e.getMessage()));
    }
  }

  static Edit noSuchRoom(Optional<String> room) {
    return Edit.answer(Outcome.NOT_FOUND, room, "room.unknown", "no such room");
  }

  private Future<Edit> add(Settings settings, ObjectNode entry) {
    MergePatch.refuseSecrets(entry);
    String link = entry.path("link").asText("");
    return platforms
        .identify(link)
        .compose(
            identity -> {
              String id = identity.key().publicId();
              return entries(settings)
                  .map(SettingsEditor::ids)
                  .map(
                      ids ->
                          ids.contains(id)
                              ? Edit.answer(Outcome.ALREADY, Optional.of(id), "", "")
                              : Edit.of(List.of(new Change.AddRoom(entry)), Optional.of(id)));
            })
        .recover(SettingsEditor::refusedLink);
  }

  private static Future<Edit> refusedLink(Throwable failure) {
    if (failure instanceof LinkException e) {
      return Future.succeededFuture(
          Edit.answer(Outcome.INVALID, Optional.empty(), e.key(), "link: " + e.getMessage()));
    }
    return Future.failedFuture(failure);
  }

  /** The rooms in the order of the file; an unknown link has the key it is shown with. */
  Future<List<RoomKey>> entries(Settings settings) {
    List<RoomKey> keys = new ArrayList<>();
    Future<?> chain = Future.succeededFuture();
    for (Settings.RoomEntry entry : settings.rooms()) {
      chain =
          chain.compose(
              v ->
                  platforms
                      .identify(entry.link())
                      .map(identity -> keys.add(identity.key()))
                      .otherwise(e -> keys.add(Platforms.unidentified(entry.link()))));
    }
    return chain.map(v -> keys);
  }

  private static List<String> ids(List<RoomKey> keys) {
    return keys.stream().map(RoomKey::publicId).toList();
  }

  private static Edit patchRoom(List<String> ids, String roomId, ObjectNode fields) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i).equals(roomId)) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
          List<String> path = List.of(field.getKey());
          if (field.getKey().equals("mode")) {
            // what the file may still hold from before there were modes
            changes.add(new Change.RemoveRoomField(i, List.of("record")));
          }
          changes.add(
              field.getValue().isNull()
                  ? new Change.RemoveRoomField(i, path)
                  : new Change.SetRoom(i, path, field.getValue()));
        }
      }
    }
    return ids.contains(roomId)
        ? Edit.of(changes, Optional.of(roomId))
        : noSuchRoom(Optional.of(roomId));
  }

  private static Edit removeRoom(List<String> ids, String roomId) {
    List<Change> changes = new ArrayList<>();
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (ids.get(i).equals(roomId)) {
        changes.add(new Change.RemoveRoom(i));
      }
    }
    return changes.isEmpty()
        ? noSuchRoom(Optional.of(roomId))
        : Edit.of(changes, Optional.of(roomId));
  }

  private Edit restoreRoom(List<String> ids, String roomId) {
    if (ids.contains(roomId)) {
      return Edit.answer(Outcome.ALREADY, Optional.of(roomId), "", "");
    }
    return removed.knows(roomId) ? Edit.restore(roomId) : noSuchRoom(Optional.of(roomId));
  }

  private Optional<SettingsWriter.Written> written(SettingsFile.Loaded now, Edit edit)
      throws SettingsException {
    if (edit.restore()) {
      return removed.putBack(edit.roomId().orElseThrow(), now.text(), writer);
    }
    return edit.changes().isEmpty()
        ? Optional.empty()
        : Optional.of(writer.write(now.text(), edit.changes()));
  }

  /** Writes the file where there is something to write. Blocks. */
  Stored store(SettingsFile.Loaded now, Edit edit) throws IOException {
    if (edit.etag().isPresent() && !edit.etag().get().equals(now.etag())) {
      return unchanged(now, edit, Outcome.STALE, "settings.stale", "the settings have changed");
    }
    try {
      Optional<SettingsWriter.Written> written = written(now, edit);
      if (written.isEmpty()) {
        return unchanged(now, edit);
      }
      SettingsFile.Loaded next = file.write(written.get().text(), now.etag());
      if (!edit.removals().isEmpty()) {
        removed.note(edit.roomId().orElseThrow(), now, next, edit.removals());
      }
      return new Stored(reply(now, next, edit), Optional.of(next));
    } catch (SettingsException e) {
      Stored stored = unchanged(now, edit, Outcome.INVALID, "settings.invalid", e.getMessage());
      return edit.fields()
          .map(values -> stored.reply().because(FieldsPatch.mistakes(e, values)))
          .map(reply -> new Stored(reply, Optional.empty()))
          .orElse(stored);
    } catch (ChangeException e) {
      return unchanged(now, edit, Outcome.INVALID, "settings.invalid", e.getMessage());
    } catch (SettingsFile.StaleException e) {
      return unchanged(now, edit, Outcome.STALE, "settings.stale", e.getMessage());
    } catch (IOException e) {
      return unchanged(now, edit, Outcome.READ_ONLY, "settings.read_only", e.getMessage());
    }
  }

  private static SettingsReply reply(
      SettingsFile.Loaded before, SettingsFile.Loaded after, Edit edit) {
    List<Applied> applied =
        SettingsDiff.between(before.settings(), after.settings()).applied().stream()
            .map(e -> new Applied(e.key(), e.when().name().toLowerCase(Locale.ROOT)))
            .toList();
    return new SettingsReply(
        Outcome.OK,
        "",
        "",
        after.etag(),
        SettingsJson.of(after.settings()),
        applied,
        edit.roomId(),
        List.of());
  }

  static Stored unchanged(SettingsFile.Loaded now, Edit edit) {
    return unchanged(now, edit, edit.outcome(), edit.key(), edit.detail());
  }

  private static Stored unchanged(
      SettingsFile.Loaded now, Edit edit, Outcome outcome, String key, String detail) {
    return new Stored(
        new SettingsReply(
            outcome,
            String.valueOf(detail),
            key,
            now.etag(),
            SettingsJson.of(now.settings()),
            List.of(),
            edit.roomId(),
            List.of()),
        Optional.empty());
  }
}
