package dev.sluice.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bus.LogLine;
import dev.sluice.bus.LogQuery;
import dev.sluice.testing.LogLevels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogRingTest {
  private static final Logger LOG = LoggerFactory.getLogger(LogRingTest.class);
  private static final Logger OTHER = LoggerFactory.getLogger("other.place.Some");
  private final LogLevels levels = LogLevels.info(LogRingTest.class.getName());
  private final LogRing ring = LogRing.attached();

  @AfterEach
  void close() {
    levels.close();
    ring.close();
  }

  private List<LogLine> found(LogQuery query) {
    return ring.find(query).lines();
  }

  /** Ours alone: others log as well while a test runs. */
  private static LogQuery query(LogLine.Level level, String room, String text) {
    return new LogQuery(
        level, Optional.ofNullable(room), Optional.of(text), 0, Long.MAX_VALUE, 10_000);
  }

  private List<String> texts(LogQuery query) {
    return found(query).stream().map(LogLine::text).toList();
  }

  @Test
  void keepsWhatIsLoggedNewestFirstWithItsRoom() {
    LOG.info("ring test: one");
    OTHER.atWarn().addKeyValue("room", "abc").log("ring test: {}", "two");
    LogQuery query = query(LogLine.Level.DEBUG, null, "RING TEST: ");
    assertEquals(List.of("ring test: two", "ring test: one"), texts(query));
    LogLine newest = found(query).get(0);
    assertEquals(Optional.of("abc"), newest.room());
    assertEquals("Some", newest.logger());
    assertEquals(LogLine.Level.WARN, newest.level());
    assertTrue(newest.id() > found(query).get(1).id());
    assertTrue(ring.find(query).newest() >= newest.id());
  }

  @Test
  void filtersByLevelRoomTextAndId() {
    for (int i = 0; i < 10; i++) {
      LOG.atInfo().addKeyValue("room", "r" + i % 2).log("filter test {}", i);
    }
    LOG.error("filter test error");
    assertEquals(
        List.of("filter test error"), texts(query(LogLine.Level.WARN, null, "filter test")));
    assertEquals(5, found(query(LogLine.Level.INFO, "r1", "filter test")).size());
    assertEquals(List.of("filter test 7"), texts(query(LogLine.Level.INFO, "r1", "Test 7")));
    List<LogLine> all = found(query(LogLine.Level.INFO, null, "filter test"));
    LogQuery between =
        new LogQuery(
            LogLine.Level.INFO,
            Optional.empty(),
            Optional.of("filter test"),
            all.get(5).id(),
            all.get(1).id(),
            2);
    assertEquals(all.subList(2, 4), found(between));
  }

  @Test
  void keepsTraces() {
    LOG.error("trace test", new IllegalStateException("broken\nline"));
    LogLine line = found(query(LogLine.Level.ERROR, null, "trace test")).get(0);
    String trace = line.trace().orElseThrow();
    assertTrue(trace.startsWith("java.lang.IllegalStateException: broken\n\tline"), trace);
    assertTrue(trace.contains("keepsTraces"), trace);
  }

  @Test
  void isBoundedInNumberAndInSize() {
    for (int i = 0; i < 2 * LogRing.MAX_EVENTS; i++) {
      LOG.info("bound test {}", i);
    }
    assertEquals(LogRing.MAX_EVENTS, found(LogQuery.ALL).size());
    String large = "bound test " + "x".repeat(100_000);
    for (int i = 0; i < LogRing.MAX_EVENTS; i++) {
      LOG.info(large);
    }
    List<LogLine> kept = found(LogQuery.ALL);
    long chars = kept.stream().mapToLong(line -> line.text().length()).sum();
    assertTrue(chars <= LogRing.MAX_CHARS, chars + " characters");
    assertTrue(kept.size() > 100, kept.size() + " kept");
  }

  @Test
  void hearsNoMoreOnceItIsClosed() {
    ring.close();
    LOG.info("closed test");
    assertEquals(List.of(), texts(query(LogLine.Level.DEBUG, null, "closed test")));
  }
}
