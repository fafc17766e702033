package dev.sluice.net;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The word {@code %safe} of the log's patterns: the message as one line without secrets. */
public final class SafeMessage extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return LogText.line(String.valueOf(event.getFormattedMessage()));
  }
}
