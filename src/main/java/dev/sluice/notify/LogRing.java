package dev.sluice.notify;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.bus.LogLine;
import dev.sluice.bus.LogLine.Level;
import dev.sluice.bus.LogQuery;
import dev.sluice.net.LogText;
import dev.sluice.net.SafeTrace;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The last events of the log, kept for the page: at most {@link #MAX_EVENTS} of at most 8 KiB each,
 * and {@link #MAX_CHARS} characters in all. From any thread.
 */
final class LogRing extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /** The key under which an event of the log names its room. */
  static final String ROOM = "room";

  static final int MAX_EVENTS = 2000;
  static final int MAX_CHARS = 1_000_000;

  /** Of each exception and of each of its causes. */
  private static final int FRAMES = 15;

  private final Deque<LogLine> lines = new ArrayDeque<>();
  private final SafeTrace traces = SafeTrace.ofFrames(FRAMES);
  private int chars;
  private long newest;

  /** A ring that hears of everything that is logged from now on, until it is closed. */
  static LogRing attached() {
    LogRing ring = new LogRing();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    ring.setContext(context);
    ring.setName("ring");
    ring.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(ring);
    return ring;
  }

  /** Hears no more. */
  @Override
  public void close() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(this);
    stop();
  }

  /** What is wanted of what is kept. */
  LogQuery.Page find(LogQuery query) {
    Predicate<LogLine> test = test(query);
    List<LogLine> found = new ArrayList<>();
    synchronized (lines) {
      Iterator<LogLine> all = lines.descendingIterator();
      while (all.hasNext() && found.size() < query.limit()) {
        LogLine line = all.next();
        if (test.test(line)) {
          found.add(line);
        }
      }
      return new LogQuery.Page(found, newest);
    }
  }

  private static Predicate<LogLine> test(LogQuery query) {
    Optional<String> text = query.text().map(LogRing::folded);
    return line ->
        line.id() > query.after()
            && line.id() < query.before()
            && line.level().compareTo(query.level()) >= 0
            && (query.room().isEmpty() || line.room().equals(query.room()))
            && text.map(each -> folded(line.text()).contains(each)).orElse(true);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String text = LogText.line(String.valueOf(event.getFormattedMessage()));
    Optional<String> trace =
        Optional.of(traces.convert(event).strip()).filter(lines -> !lines.isEmpty());
    synchronized (lines) {
      LogLine line =
          new LogLine(
              ++newest,
              Instant.ofEpochMilli(event.getTimeStamp()),
              level(event.getLevel().toInt()),
              room(event),
              shortName(event.getLoggerName()),
              text,
              trace);
      lines.add(line);
      chars += size(line);
      while (lines.size() > MAX_EVENTS || chars > MAX_CHARS) {
        chars -= size(lines.remove());
      }
    }
  }

  private static int size(LogLine line) {
    return line.text().length() + line.trace().map(String::length).orElse(0);
  }

  private static Level level(int level) {
    if (level >= ch.qos.logback.classic.Level.ERROR_INT) {
      return Level.ERROR;
    }
    if (level >= ch.qos.logback.classic.Level.WARN_INT) {
      return Level.WARN;
    }
    return level >= ch.qos.logback.classic.Level.INFO_INT ? Level.INFO : Level.DEBUG;
  }

  private static Optional<String> room(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null
        ? Optional.empty()
        : pairs.stream()
            .filter(pair -> pair.key.equals(ROOM))
            .map(pair -> String.valueOf(pair.value))
            .findFirst();
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
