package dev.sluice.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What the API asks of the settings file. Requests are carried out one after the other. */
public sealed interface SettingsCommand {
  /** The settings as they are. */
  record Read() implements SettingsCommand {}

  /**
   * A JSON merge patch in the shape of the file.
   *
   * @param etag refuse unless the file still has it
   */
  record Patch(JsonNode patch, Optional<String> etag) implements SettingsCommand {}

  /**
   * The fields of the whole, a platform or a room with their values and origins.
   *
   * @param platform name; empty: not a platform's
   * @param roomId public id; empty: not a room's
   */
  record Fields(Optional<String> platform, Optional<String> roomId) implements SettingsCommand {}

  /**
   * Changes fields of the whole, a platform or a room.
   *
   * @param of whose fields
   * @param values by path; null goes back to what is inherited
   * @param etag refuse unless the file still has it
   */
  record PatchFields(Fields of, ObjectNode values, Optional<String> etag)
      implements SettingsCommand {}

  /**
   * Adds a room unless one of the rooms is the same.
   *
   * @param entry in the shape of the file, with at least {@code link}
   */
  record AddRoom(ObjectNode entry) implements SettingsCommand {}

  /**
   * Changes fields of every entry of a room; null removes a field.
   *
   * @param roomId public id
   */
  record PatchRoom(String roomId, ObjectNode fields) implements SettingsCommand {}

  /**
   * Removes every entry of a room.
   *
   * @param roomId public id
   */
  record RemoveRoom(String roomId) implements SettingsCommand {}

  /**
   * Puts back a room that was removed a while ago, where it stood.
   *
   * @param roomId public id
   */
  record RestoreRoom(String roomId) implements SettingsCommand {}
}
