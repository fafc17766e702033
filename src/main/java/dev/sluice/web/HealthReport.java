package dev.sluice.web;

import dev.sluice.bus.Notice;
import dev.sluice.bus.NoticeList;
import dev.sluice.bus.RoomStatus;
import dev.sluice.room.RoomState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of the program is well and what is not, each with what to do. No I/O. */
final class HealthReport {
  /** A write that takes longer makes recordings wait. */
  static final long SLOW_DISK_MS = 1000;

  /** A loop that is later than this is noticed by people. */
  static final long SLOW_LOOP_MS = 1000;

  static final long SLOW_LEDGER_MS = 1000;
  private static final double FULL_HEAP = 0.95;
  private static final long GIGABYTE = 1_000_000_000;

  private HealthReport() {}

  /** How bad it is. */
  enum Level {
    OK,
    WARNING,
    ERROR
  }

  /**
   * One sentence.
   *
   * @param key text key; with the level it names a sentence of the page
   * @param text the same in English, with a remedy where one is needed
   */
  record Finding(String key, Level level, Map<String, String> values, String text) {}

  /**
   * A write into a recordings folder.
   *
   * @param problem empty when it was written
   * @param millis how long it took, -1 without an answer
   * @param freeBytes -1 when unknown
   */
  record Folder(Path root, String problem, long millis, long freeBytes) {}

  /**
   * What was found out.
   *
   * @param ledgerMillis how long the ledger took to answer; empty: it does not
   * @param rooms empty: monitor does not answer
   * @param stuck deliveries that need a person
   * @param notices empty: notify does not answer
   */
  record Facts(
      Optional<Long> ledgerMillis,
      List<Folder> folders,
      Optional<List<RoomStatus>> rooms,
      long stuck,
      Optional<NoticeList> notices,
      long loopMillis,
      long heapUsed,
      long heapMax) {}

  static List<Finding> of(Facts facts) {
    List<Finding> all = new ArrayList<>();
    all.add(ledger(facts.ledgerMillis()));
    facts.folders().forEach(folder -> all.add(folder(folder)));
    all.add(rooms(facts.rooms()));
    all.add(deliveries(facts.stuck()));
    all.add(machine(facts));
    facts.notices().ifPresent(list -> list.shown().forEach(each -> notice(each, all)));
    return all;
  }

  private static Finding ledger(Optional<Long> millis) {
    if (millis.isEmpty()) {
      return finding(
          "ledger",
          Level.ERROR,
          Map.of(),
          "the ledger does not answer: see whether the disk of the data directory is full or hangs");
    }
    Map<String, String> values = Map.of("ms", Long.toString(millis.get()));
    boolean slow = millis.get() > SLOW_LEDGER_MS;
    return slow
        ? finding(
            "ledger",
            Level.WARNING,
            values,
            "the ledger takes " + millis.get() + " ms: put the data directory on a faster disk")
        : finding("ledger", Level.OK, values, "the ledger answers");
  }

  private static Finding folder(Folder folder) {
    String root = folder.root().toString();
    if (!folder.problem().isEmpty()) {
      Map<String, String> values = Map.of("root", root, "detail", folder.problem());
      String text =
          root
              + " cannot be written ("
              + folder.problem()
              + "): see whether the disk is mounted and who owns the folder";
      return finding("folder", Level.ERROR, values, text);
    }
    Map<String, String> values =
        Map.of(
            "root",
            root,
            "ms",
            Long.toString(folder.millis()),
            "free",
            gigabytes(folder.freeBytes()));
    boolean slow = folder.millis() > SLOW_DISK_MS;
    return slow
        ? finding(
            "folder",
            Level.WARNING,
            values,
            "a small write to " + root + " took " + folder.millis() + " ms: the disk is slow")
        : finding("folder", Level.OK, values, root + " can be written");
  }

  private static String gigabytes(long bytes) {
    return bytes < 0
        ? "?"
        : String.format(java.util.Locale.ROOT, "%.1f", bytes / (double) GIGABYTE);
  }

  private static Finding rooms(Optional<List<RoomStatus>> rooms) {
    if (rooms.isEmpty()) {
      return finding(
          "rooms",
          Level.ERROR,
          Map.of(),
          "the rooms are not looked at: start the program again and report the log");
    }
    long bad = rooms.get().stream().filter(HealthReport::isInTrouble).count();
    Map<String, String> values =
        Map.of("count", Integer.toString(rooms.get().size()), "bad", Long.toString(bad));
    return bad > 0
        ? finding(
            "rooms",
            Level.WARNING,
            values,
            bad + " rooms are unclear or refused: each says why on its card")
        : finding("rooms", Level.OK, values, "all rooms answer");
  }

  private static boolean isInTrouble(RoomStatus room) {
    return room.state() == RoomState.UNKNOWN || room.state() == RoomState.REFUSED;
  }

  private static Finding deliveries(long stuck) {
    Map<String, String> values = Map.of("count", Long.toString(stuck));
    return stuck > 0
        ? finding(
            "deliveries",
            Level.WARNING,
            values,
            stuck + " deliveries need you: see the deliveries for the far side's words")
        : finding("deliveries", Level.OK, values, "no delivery needs you");
  }

  private static Finding machine(Facts facts) {
    long percent = facts.heapMax() > 0 ? 100 * facts.heapUsed() / facts.heapMax() : 0;
    Map<String, String> values =
        Map.of("ms", Long.toString(facts.loopMillis()), "percent", Long.toString(percent));
    if (facts.heapUsed() > FULL_HEAP * facts.heapMax()) {
      return finding(
          "memory", Level.WARNING, values, "memory is used up: give the program more with -Xmx");
    }
    return facts.loopMillis() > SLOW_LOOP_MS
        ? finding(
            "machine",
            Level.WARNING,
            values,
            "the program was held up for "
                + facts.loopMillis()
                + " ms: the machine is busy, swaps or has a slow disk")
        : finding("machine", Level.OK, values, "the machine keeps up");
  }

  /** What is for information only is no matter of health. */
  private static void notice(NoticeList.Shown notice, List<Finding> all) {
    if (notice.level() != Notice.Level.INFO) {
      Level level = notice.level() == Notice.Level.ERROR ? Level.ERROR : Level.WARNING;
      all.add(
          finding(
              "notice." + notice.reason().key(),
              level,
              notice.reason().values(),
              notice.reason().text()));
    }
  }

  private static Finding finding(String key, Level level, Map<String, String> values, String text) {
    return new Finding(key, level, values, text);
  }
}
