package dev.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.Disposal;
import dev.sluice.ledger.RecordingRow;
import dev.sluice.ledger.StoredRow;
import dev.sluice.room.RoomKey;
import dev.sluice.storage.KeepRules.Keep;
import dev.sluice.storage.Retention.Cause;
import dev.sluice.storage.Retention.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the rules take: never what is locked, enough if they can, and no more than needed. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final List<RoomKey> ROOMS =
      List.of(new RoomKey("direct", "a"), new RoomKey("direct", "b"), new RoomKey("direct", "c"));

  /** One recording as the ledger could have it. */
  record Made(
      int room, int daysOld, boolean ended, long bytes, boolean kept, int unready, boolean sent) {
    private StoredRow row(long id) {
      Instant end = NOW.minus(Duration.ofDays(daysOld));
      RecordingRow recording =
          new RecordingRow(
              id,
              ROOMS.get(room),
              "Room",
              "",
              end.minusSeconds(60),
              ended ? Optional.of(end) : Optional.empty(),
              end,
              0,
              Optional.empty());
      return new StoredRow(
          recording,
          Disposal.KEPT,
          kept,
          Optional.empty(),
          Optional.empty(),
          bytes,
          unready,
          sent ? List.of() : List.of("nas"));
    }
  }

  @Provide
  Arbitrary<List<Made>> recordings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(-1, 40),
            Arbitraries.integers().between(0, 5).map(n -> n > 0),
            Arbitraries.longs().between(0, 100),
            Arbitraries.integers().between(0, 5).map(n -> n == 0),
            Arbitraries.integers().between(0, 6).map(n -> n == 0 ? 1 : 0),
            Arbitraries.integers().between(0, 3).map(n -> n > 0))
        .as(Made::new)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<KeepRules> rules() {
    Arbitrary<Optional<Duration>> ages =
        Arbitraries.integers().between(1, 40).map(Duration::ofDays).optional();
    Arbitrary<Optional<Long>> sizes = Arbitraries.longs().between(0, 500).optional();
    Arbitrary<Keep> keeps = Combinators.combine(ages, sizes).as(Keep::new);
    return Combinators.combine(sizes, ages, keeps, keeps, Arbitraries.of(true, false))
        .as(
            (total, others, a, b, unsure) ->
                new KeepRules(
                    Duration.ofDays(7),
                    total,
                    new Keep(others, Optional.empty()),
                    Map.of(ROOMS.get(0), a, ROOMS.get(1), b),
                    unsure));
  }

  private static List<StoredRow> rows(List<Made> made) {
    List<StoredRow> rows = new ArrayList<>();
    made.forEach(one -> rows.add(one.row(rows.size() + 1)));
    return rows;
  }

  private static boolean isLocked(StoredRow row, KeepRules rules) {
    return row.isProtected()
        || row.recording().endedAt().isEmpty()
        || row.unready() > 0
        || !row.awaited().isEmpty()
        || rules.unsure() && row.recording().room().equals(ROOMS.get(2));
  }

  private static boolean isOld(StoredRow row, KeepRules rules) {
    Optional<Duration> age = rules.of(row.recording().room()).age();
    return age.isPresent()
        && row.recording().endedAt().filter(e -> !e.plus(age.get()).isAfter(NOW)).isPresent();
  }

  private static long bytes(List<StoredRow> rows, Set<Long> gone, Optional<RoomKey> room) {
    return rows.stream()
        .filter(row -> !gone.contains(row.id()))
        .filter(row -> room.isEmpty() || room.get().equals(row.recording().room()))
        .mapToLong(StoredRow::bytes)
        .sum();
  }

  @Property(tries = 2000)
  void neverTakesWhatIsLockedAndTellsEachOnce(
      @ForAll("recordings") List<Made> made, @ForAll("rules") KeepRules rules) {
    Set<Long> told = new HashSet<>();
    for (Verdict verdict : Retention.decide(rules, rows(made), 0, NOW)) {
      assertTrue(told.add(verdict.row().id()), "told twice");
      assertEquals(isLocked(verdict.row(), rules), !verdict.locks().isEmpty());
    }
  }

  @Property(tries = 2000)
  void takesAllThatIsOldAndEndsBelowTheSizesIfItCan(
      @ForAll("recordings") List<Made> made, @ForAll("rules") KeepRules rules) {
    List<StoredRow> rows = rows(made);
    Set<Long> gone = gone(Retention.decide(rules, rows, 0, NOW));
    for (StoredRow row : rows) {
      boolean takeable = !isLocked(row, rules);
      assertTrue(!takeable || !isOld(row, rules) || gone.contains(row.id()), "old and still there");
    }
    for (RoomKey room : ROOMS) {
      rules.of(room).size().ifPresent(limit -> fits(rows, gone, Optional.of(room), limit, rules));
    }
    rules.total().ifPresent(limit -> fits(rows, gone, Optional.empty(), limit, rules));
  }

  private static Set<Long> gone(List<Verdict> verdicts) {
    Set<Long> gone = new HashSet<>();
    verdicts.stream().filter(Verdict::goesNow).forEach(verdict -> gone.add(verdict.row().id()));
    return gone;
  }

  private static void fits(
      List<StoredRow> rows, Set<Long> gone, Optional<RoomKey> room, long limit, KeepRules rules) {
    boolean anyLeft =
        rows.stream()
            .filter(row -> room.isEmpty() || room.get().equals(row.recording().room()))
            .anyMatch(row -> row.bytes() > 0 && !gone.contains(row.id()) && !isLocked(row, rules));
    assertTrue(bytes(rows, gone, room) <= limit || !anyLeft, "too much is left");
  }

  @Property(tries = 2000)
  void takesNothingMoreThanNeeded(
      @ForAll("recordings") List<Made> made, @ForAll("rules") KeepRules rules) {
    List<StoredRow> rows = rows(made);
    Set<Long> gone = new HashSet<>();
    for (Verdict verdict : Retention.decide(rules, rows, 0, NOW)) {
      if (!verdict.goesNow()) {
        continue;
      }
      RoomKey room = verdict.row().recording().room();
      switch (verdict.cause()) {
        case AGE -> assertTrue(isOld(verdict.row(), rules));
        case ROOM_SIZE ->
            assertTrue(bytes(rows, gone, Optional.of(room)) > rules.of(room).size().orElseThrow());
        case TOTAL_SIZE ->
            assertTrue(bytes(rows, gone, Optional.empty()) > rules.total().orElseThrow());
        default -> throw new AssertionError(verdict);
      }
      assertTrue(verdict.cause() == Cause.AGE || verdict.row().bytes() > 0, "made no room");
      gone.add(verdict.row().id());
    }
  }

  @Example
  void takesTheOldestFirstAndNamesWhatKeepsTheOthers() {
    List<StoredRow> rows =
        rows(
            List.of(
                new Made(0, 9, true, 50, true, 0, false),
                new Made(0, 8, true, 50, false, 0, true),
                new Made(0, 7, true, 50, false, 0, true),
                new Made(0, 0, false, 50, false, 1, true)));
    KeepRules rules = new KeepRules(Duration.ZERO, Optional.of(120L), Keep.ALL, Map.of(), false);
    List<Verdict> verdicts = Retention.decide(rules, rows, 0, NOW);
    assertEquals(List.of(1L, 2L, 3L), verdicts.stream().map(v -> v.row().id()).toList());
    assertEquals(
        List.of("lock.protected", "lock.delivery"),
        verdicts.get(0).locks().stream().map(lock -> lock.key()).toList());
    assertTrue(verdicts.get(1).goesNow() && verdicts.get(2).goesNow());
    assertEquals(
        2, gone(Retention.decide(rules, rows.subList(0, 3), 50, NOW)).size(), "unseen bytes count");
  }

  @Example
  void tellsWhenWhatIsStillYoungWillGo() {
    KeepRules rules =
        new KeepRules(
            Duration.ZERO,
            Optional.empty(),
            new Keep(Optional.of(Duration.ofDays(10)), Optional.empty()),
            Map.of(),
            false);
    List<StoredRow> rows =
        rows(
            List.of(
                new Made(0, 3, true, 5, false, 0, true), new Made(1, 9, true, 5, true, 0, true)));
    List<Verdict> verdicts = Retention.decide(rules, rows, 0, NOW);
    assertEquals(List.of(2L, 1L), verdicts.stream().map(v -> v.row().id()).toList());
    assertEquals(Optional.of(NOW.plus(Duration.ofDays(1))), verdicts.get(0).dueAt());
    assertEquals(Set.of(), gone(verdicts));
    assertEquals(List.of(), Retention.decide(rules.withoutAge(), rows, 0, NOW));
  }
}
