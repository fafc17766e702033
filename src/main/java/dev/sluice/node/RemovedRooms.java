package dev.sluice.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.settings.Change;
import dev.sluice.settings.ChangeException;
import dev.sluice.settings.RemovedText;
import dev.sluice.settings.SettingsException;
import dev.sluice.settings.SettingsFile;
import dev.sluice.settings.SettingsWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rooms that were removed last, for who wants one back. Kept while the process lives. Used by
 * one thread at a time.
 */
final class RemovedRooms {
  private static final int MOST = 50;

  private final Map<String, Removed> removed = new LinkedHashMap<>();

  private record Removed(RemovedText text, List<JsonNode> entries) {}

  /** A room was taken out. */
  synchronized void note(
      String roomId, SettingsFile.Loaded before, SettingsFile.Loaded after, List<Integer> positions)
      throws SettingsException {
    List<JsonNode> entries = SettingsWriter.rooms(before.text(), positions);
    removed.remove(roomId);
    removed.put(roomId, new Removed(new RemovedText(before.text(), after.text()), entries));
    removed.keySet().stream()
        .limit(Math.max(0, removed.size() - MOST))
        .toList()
        .forEach(removed::remove);
  }

  synchronized boolean knows(String roomId) {
    return removed.containsKey(roomId);
  }

  /** The text with the room: where it stood, or behind the others if that place is gone. */
  synchronized Optional<SettingsWriter.Written> putBack(
      String roomId, String text, SettingsWriter writer) throws SettingsException {
    Removed room = removed.get(roomId);
    if (room == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(writer.putBack(text, room.text()));
    } catch (SettingsException | ChangeException e) {
      List<Change> changes = room.entries().stream().<Change>map(Change.AddRoom::new).toList();
      return Optional.of(writer.write(text, changes));
    }
  }
}
