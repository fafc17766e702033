package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One change to the text of a settings file, for {@link SettingsWriter}. */
public sealed interface Change {

  /**
   * Sets a value outside of {@code rooms}; what is missing above it is made.
   *
   * @param path the keys from the top, for example {@code [monitor, every]}
   * @param value a value, a list of values, or a mapping that replaces what is there; not null
   */
  record Set(List<String> path, JsonNode value) implements Change {
    public Set {
      path = checked(path);
    }
  }

  /** Takes a key out; nothing happens where it is not there. */
  record Remove(List<String> path) implements Change {
    public Remove {
      path = checked(path);
    }
  }

  /**
   * Adds a room behind the others.
   *
   * @param room a link, or a mapping with a {@code link}
   */
  record AddRoom(JsonNode room) implements Change {}

  /**
   * Sets a field of a room; an entry that was a bare link becomes a mapping.
   *
   * @param room position in {@code rooms}, from 0
   * @param path the keys from the room, for example {@code [monitor, every]}
   * @param value as for {@link Set}
   */
  record SetRoom(int room, List<String> path, JsonNode value) implements Change {
    public SetRoom {
      path = checked(path);
    }
  }

  /**
   * Takes a field of a room out; nothing happens where it is not there.
   *
   * @param room position in {@code rooms}, from 0
   */
  record RemoveRoomField(int room, List<String> path) implements Change {
    public RemoveRoomField {
      path = checked(path);
    }
  }

  /**
   * Takes a room out.
   *
   * @param room position in {@code rooms}, from 0
   */
  record RemoveRoom(int room) implements Change {}

  private static List<String> checked(List<String> path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a change needs a path of at least one key");
    }
    return List.copyOf(path);
  }
}
