package dev.sluice.notify;

import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList.Shown;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which notices hold: one for each id, until it is over or dismissed. A dismissed one comes back
 * when it was over in between or matters more than before. No clock, no I/O; for one thread.
 */
final class NoticeBoard {
  /** Shown at once; the oldest of those that matter least gives way. */
  static final int MAX = 100;

  /** By id, oldest first. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Shown shown, boolean dismissed) {}

  /**
   * Takes what was told.
   *
   * @return whether what is shown has changed
   */
  boolean take(Notice notice, Instant at) {
    if (notice.over()) {
      Entry gone = entries.remove(notice.id());
      return gone != null && !gone.dismissed();
    }
    Entry before = entries.get(notice.id());
    Instant since = before == null ? at : before.shown().since();
    Shown shown =
        new Shown(
            publicId(notice.id()),
            notice.level(),
            notice.roomId(),
            clipped(notice.reason()),
            since);
    boolean dismissed =
        before != null
            && before.dismissed()
            && notice.level().compareTo(before.shown().level()) <= 0;
    entries.put(notice.id(), new Entry(shown, dismissed));
    giveWay();
    return !dismissed && (before == null || before.dismissed() || !before.shown().equals(shown));
  }

  /**
   * Hides a notice that a person has read.
   *
   * @param publicId as shown
   * @return whether there was such a one
   */
  boolean dismiss(String publicId) {
    Optional<Map.Entry<String, Entry>> found =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().shown().id().equals(publicId))
            .filter(entry -> !entry.getValue().dismissed())
            .findFirst();
    found.ifPresent(entry -> entry.setValue(new Entry(entry.getValue().shown(), true)));
    return found.isPresent();
  }

  /**
   * Takes away all that is about a room.
   *
   * @param roomId public id
   * @return whether what is shown has changed
   */
  boolean forgetRoom(String roomId) {
    int before = shown().size();
    entries.values().removeIf(entry -> entry.shown().roomId().equals(Optional.of(roomId)));
    return shown().size() < before;
  }

  /** Newest first. */
  List<Shown> shown() {
    List<Shown> shown = new ArrayList<>();
    entries.values().stream()
        .filter(entry -> !entry.dismissed())
        .forEach(entry -> shown.add(entry.shown()));
    Collections.reverse(shown);
    return shown;
  }

  private void giveWay() {
    while (entries.size() > MAX) {
      String least =
          entries.entrySet().stream()
              .min((a, b) -> Integer.compare(weight(a.getValue()), weight(b.getValue())))
              .orElseThrow()
              .getKey();
      entries.remove(least);
    }
  }

  private static int weight(Entry entry) {
    return entry.dismissed() ? -1 : entry.shown().level().ordinal();
  }

  private static String publicId(String id) {
    return new RoomKey("notice", id).publicId();
  }

  private static Reason clipped(Reason reason) {
    Map<String, String> values = new TreeMap<>();
    reason.values().forEach((name, value) -> values.put(name, Clip.text(value)));
    return new Reason(reason.key(), values, Clip.text(reason.text()));
  }
}
