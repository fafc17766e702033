package dev.sluice.net;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;

/**
 * The word {@code %trace} of the log's patterns: a stack trace whose messages forge no line and
 * hold no secret.
 */
public final class SafeTrace extends ThrowableProxyConverter {
  /** One that shows at most so many frames of each exception. */
  public static SafeTrace ofFrames(int frames) {
    SafeTrace trace = new SafeTrace();
    trace.setOptionList(List.of(Integer.toString(frames)));
    trace.start();
    return trace;
  }

  @Override
  protected String throwableProxyToString(IThrowableProxy proxy) {
    return "\t" + LogText.lines(super.throwableProxyToString(proxy)) + "\n";
  }
}
