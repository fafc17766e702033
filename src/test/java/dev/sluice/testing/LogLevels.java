package dev.sluice.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Tests log warnings only; this lets some loggers say more until it is closed. */
public final class LogLevels implements AutoCloseable {
  private final Map<Logger, Level> before = new LinkedHashMap<>();

  private LogLevels() {}

  public static LogLevels info(String... names) {
    LogLevels levels = new LogLevels();
    for (String name : names) {
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      levels.before.put(logger, logger.getLevel());
      logger.setLevel(Level.INFO);
    }
    return levels;
  }

  @Override
  public void close() {
    before.forEach(Logger::setLevel);
  }
}
