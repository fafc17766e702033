package dev.sluice.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes changes into the text of a settings file by splicing: comments, order and quoting of what
 * is not concerned stay byte for byte. A result is accepted only when it reads without a problem
 * and says exactly what the old text said with the changes made. Stateless, for any thread that may
 * block.
 */
public final class SettingsWriter {
  /** Most changes in one call; each walks through the whole text. */
  public static final int MAX_CHANGES = 200;

  private static final String ROOMS = "rooms";

  private final SettingsReader reader;

  public SettingsWriter(SettingsReader reader) {
    this.reader = reader;
  }

  /**
   * A new text that was proved.
   *
   * @param settings what it says
   */
  public record Written(String text, Settings settings) {

    /** Without the text, which may hold secrets. */
    @Override
    public String toString() {
      return "Written[" + text.length() + " chars]";
    }
  }

  /** What goes over what the file says. */
  public Environment environment() {
    return reader.environment();
  }

  /**
   * Makes the changes one after the other, so a room's number is the one after the changes before.
   *
   * @throws SettingsException where the old text is no YAML, or a new value does not fit; places
   *     are those in the text as it would have become
   * @throws ChangeException where a change names something that is not there, or the file is
   *     written in a way that cannot be spliced
   */
  public Written write(String text, List<Change> changes) throws SettingsException {
    if (changes.size() > MAX_CHANGES) {
      throw new ChangeException("more than " + MAX_CHANGES + " changes at once");
    }
    ObjectNode expected = TreeJson.of(YamlTree.parse(text).orElse(null));
    String result = text;
    for (Change change : changes) {
      refuseLocked(change);
      result = spliced(result, change);
      apply(expected, change);
    }
    Settings settings = reader.read(result);
    ObjectNode said = TreeJson.of(YamlTree.parse(result).orElse(null));
    if (!comparable(said).equals(comparable(expected))) {
      throw ChangeException.byHand();
    }
    return new Written(result, settings);
  }

  /**
   * The rooms at these positions as they stand in a text.
   *
   * @param positions from 0
   */
  public static List<JsonNode> rooms(String text, List<Integer> positions)
      throws SettingsException {
    ArrayNode rooms = rooms(TreeJson.of(YamlTree.parse(text).orElse(null)));
    return positions.stream().map(at -> TreeJson.normal(rooms.path(at))).toList();
  }

  /**
   * Puts back rooms that were taken out.
   *
   * @param text the present text
   * @param removed what took them out
   * @throws ChangeException where their place is not to be found, or more would be changed
   */
  public Written putBack(String text, RemovedText removed) throws SettingsException {
    String result = removed.putBack(text).orElseThrow(ChangeException::byHand);
    Settings settings = reader.read(result);
    ObjectNode before = TreeJson.of(YamlTree.parse(text).orElse(null));
    ObjectNode said = TreeJson.of(YamlTree.parse(result).orElse(null));
    Iterator<JsonNode> present = rooms(said).elements();
    for (JsonNode room : rooms(before)) {
      boolean found = false;
      while (!found && present.hasNext()) {
        found = TreeJson.normal(present.next()).equals(TreeJson.normal(room));
      }
      if (!found) {
        throw ChangeException.byHand();
      }
    }
    before.remove(ROOMS);
    said.remove(ROOMS);
    if (!comparable(said).equals(comparable(before))) {
      throw ChangeException.byHand();
    }
    return new Written(result, settings);
  }

  /** What the environment sets is not in force from the file, whatever stands there. */
  private void refuseLocked(Change change) {
    List<String> path =
        change instanceof Change.Set set
            ? set.path()
            : change instanceof Change.Remove remove ? remove.path() : List.of();
    if (!path.isEmpty() && reader.environment().sets(path)) {
      throw new ChangeException(
          String.join(".", path) + " is set by an environment variable; change or unset that");
    }
  }

  private static JsonNode comparable(ObjectNode said) {
    ObjectNode normal = (ObjectNode) TreeJson.normal(said);
    if (normal.path(ROOMS).isEmpty()) {
      normal.remove(ROOMS);
    }
    return normal;
  }

  private static String spliced(String text, Change change) throws SettingsException {
    Splice splice = new Splice(text);
    if (change instanceof Change.Set set) {
      return splice.set(List.copyOf(set.path()), set.value());
    }
    if (change instanceof Change.Remove remove) {
      return splice.remove(List.copyOf(remove.path()));
    }
    if (change instanceof Change.AddRoom add) {
      return splice.append(ROOMS, mapping(add.room()));
    }
    if (change instanceof Change.SetRoom set) {
      String expanded = splice.expand(ROOMS, set.room(), "link");
      return new Splice(expanded).set(path(set.room(), set.path()), set.value());
    }
    if (change instanceof Change.RemoveRoomField remove) {
      return splice.remove(path(remove.room(), remove.path()));
    }
    return splice.remove(path(((Change.RemoveRoom) change).room(), List.of()));
  }

  private static void apply(ObjectNode said, Change change) {
    if (change instanceof Change.Set set) {
      TreeJson.set(said, set.path(), set.value());
    } else if (change instanceof Change.Remove remove) {
      TreeJson.remove(said, remove.path());
    } else if (change instanceof Change.AddRoom add) {
      rooms(said).add(TreeJson.normal(mapping(add.room())));
    } else if (change instanceof Change.SetRoom set) {
      TreeJson.set(room(said, set.room()), set.path(), set.value());
    } else if (change instanceof Change.RemoveRoomField remove) {
      JsonNode room = rooms(said).path(remove.room());
      if (room instanceof ObjectNode fields) {
        TreeJson.remove(fields, remove.path());
      }
    } else if (change instanceof Change.RemoveRoom remove) {
      rooms(said).remove(remove.room());
    }
  }

  private static ArrayNode rooms(ObjectNode said) {
    return said.get(ROOMS) instanceof ArrayNode rooms ? rooms : said.putArray(ROOMS);
  }

  private static ObjectNode room(ObjectNode said, int index) {
    JsonNode room = rooms(said).path(index);
    if (room instanceof ObjectNode fields) {
      return fields;
    }
    if (room.isMissingNode()) {
      throw ChangeException.byHand();
    }
    ObjectNode fields = mapping(room);
    rooms(said).set(index, fields);
    return fields;
  }

  /** A room as a mapping, also where it is a bare link. */
  private static ObjectNode mapping(JsonNode room) {
    return room instanceof ObjectNode fields
        ? fields
        : JsonNodeFactory.instance.objectNode().put("link", room.asText());
  }

  private static List<Object> path(int room, List<String> below) {
    List<Object> path = new ArrayList<>(List.of(ROOMS, room));
    path.addAll(below);
    return path;
  }
}
