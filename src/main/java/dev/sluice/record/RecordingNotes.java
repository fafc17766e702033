package dev.sluice.record;

import dev.sluice.ledger.Ledger;
import dev.sluice.media.flv.FlvRecording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the coverage file says of a recording besides frames and gaps, kept in the ledger over
 * restarts. For one thread.
 */
final class RecordingNotes {
  static final String DAMAGED_PLACES = "damaged_places";
  static final String DAMAGED_BYTES = "damaged_bytes";
  static final String MENDED_TIMES = "mended_times";
  static final String OTHER_TRACKS = "other_tracks";

  /** Repeats that were dropped while a file was written; its index follows. */
  static final String DUPLICATES = "duplicates.";

  /** What the source said of itself; its name for it follows. */
  static final String SAID = "said.";

  private static final String COMMA = ", ";

  private final Map<String, String> earlier = new LinkedHashMap<>();
  private long duplicatesBefore;

  /** Of the attempts before this one. */
  void resume(Map<String, String> notes) {
    earlier.putAll(notes);
  }

  /** A file is closed: enters what is known by now. */
  void enter(Ledger.Rows rows, long recording, int index, FlvRecording source) {
    long duplicates = source.duplicates();
    if (duplicates > duplicatesBefore) {
      rows.note(recording, DUPLICATES + index, Long.toString(duplicates - duplicatesBefore));
      duplicatesBefore = duplicates;
    }
    add(rows, recording, DAMAGED_PLACES, source.damagedPlaces());
    add(rows, recording, DAMAGED_BYTES, source.damagedBytes());
    add(rows, recording, MENDED_TIMES, source.mendedTimes());
    source.metadata().forEach((name, value) -> rows.note(recording, SAID + name, value));
    Set<String> tracks = new LinkedHashSet<>(tracks(earlier));
    tracks.addAll(source.otherTracks());
    if (!tracks.isEmpty()) {
      rows.note(recording, OTHER_TRACKS, String.join(COMMA, tracks));
    }
  }

  private void add(Ledger.Rows rows, long recording, String name, long count) {
    if (count > 0) {
      rows.note(recording, name, Long.toString(number(earlier, name) + count));
    }
  }

  /** A note that is a number; 0 where there is none. */
  static long number(Map<String, String> notes, String name) {
    String value = notes.getOrDefault(name, "0");
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }

  /** By the source's names. */
  static Map<String, String> said(Map<String, String> notes) {
    Map<String, String> said = new TreeMap<>();
    notes.forEach(
        (name, value) -> {
          if (name.startsWith(SAID)) {
            said.put(name.substring(SAID.length()), value);
          }
        });
    return said;
  }

  static List<String> tracks(Map<String, String> notes) {
    String value = notes.getOrDefault(OTHER_TRACKS, "");
    return value.isEmpty() ? new ArrayList<>() : List.of(value.split(COMMA));
  }
}
