package dev.sluice.web;

import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SourceNews;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what stands in no row: bytes received, connections lost, requests made. Begins at zero
 * with the program, as counters do. For one thread.
 */
final class Meter {
  /** Rooms counted at most; there are never more in the settings. */
  static final int MAX_ROOMS = 5000;

  private final Map<String, Received> received = new HashMap<>();
  private final Map<String, Map<String, Long>> lost = new HashMap<>();
  private final Map<String, Map<String, Long>> asked = new TreeMap<>();
  private final Map<String, Double> highest = new HashMap<>();

  /** What the last attempt has told so far, and all of it. */
  private record Received(long epoch, long last, long total) {}

  void take(RecordingProgress progress) {
    String id = progress.room().publicId();
    Received before = received.getOrDefault(id, new Received(progress.epoch(), 0, 0));
    boolean same = before.epoch() == progress.epoch();
    long more = Math.max(0, progress.receivedBytes() - (same ? before.last() : 0));
    if (received.size() < MAX_ROOMS || received.containsKey(id)) {
      received.put(
          id, new Received(progress.epoch(), progress.receivedBytes(), before.total() + more));
    }
  }

  void take(SourceNews news) {
    if (news instanceof SourceNews.Lost gone) {
      String id = gone.room().publicId();
      if (lost.size() < MAX_ROOMS || lost.containsKey(id)) {
        count(lost, id, gone.cause().replace(' ', '_'));
      }
    } else if (news instanceof SourceNews.Asked question) {
      String code = question.status() == 0 ? "none" : Integer.toString(question.status());
      count(asked, question.room().platform(), code);
    }
  }

  private static void count(Map<String, Map<String, Long>> counts, String of, String what) {
    counts.computeIfAbsent(of, key -> new TreeMap<>()).merge(what, 1L, Long::sum);
  }

  /** Bytes received for the room with this public id. */
  long received(String id) {
    Received found = received.get(id);
    return found == null ? 0 : found.total();
  }

  /** Connections lost of the room with this public id, by cause. */
  Map<String, Long> lost(String id) {
    return lost.getOrDefault(id, Map.of());
  }

  /** Requests by platform and status; {@code none} where no answer came. */
  Map<String, Map<String, Long>> asked() {
    return asked;
  }

  /** A counter never falls, also when two readings overlap. */
  double rising(String name, double value) {
    return highest.merge(name, value, Math::max);
  }

  /** The room is gone. */
  void forget(String id) {
    received.remove(id);
    lost.remove(id);
    highest.keySet().removeIf(name -> name.endsWith(" " + id));
  }
}
