package dev.sluice.cli;

import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SegmentNews;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.room.Reason;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sentences for people, and on a terminal one line that is kept up to date. */
final class LinePrinter implements Printer {
  private static final int MAX_WIDTH = 200;

  private final PrintStream out;
  private final boolean terminal = System.console() != null;
  private final Map<Identity, String> lines = new LinkedHashMap<>();
  private int width;

  LinePrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void live(Identity room, long epoch) {
    say(room, "recording");
  }

  @Override
  public void waiting(Identity room, Reason why) {
    String text = "waiting: " + why.text();
    if (!text.equals(lines.put(room, text))) {
      say(room, text);
    }
  }

  @Override
  public void notLive(Identity room, Reason why) {
    // Why the exit code will be 1 stands on standard error.
    System.err.println(printable(room.name() + ": not live: " + why.text()));
  }

  @Override
  public void segment(Identity room, SegmentNews news) {
    if (news.what() == SegmentNews.What.CLOSED) {
      say(room, news.file() + " (" + size(news.bytes()) + ")");
    }
  }

  @Override
  public void progress(Identity room, RecordingProgress progress) {
    if (!terminal) {
      return;
    }
    Duration elapsed = Duration.ofMillis(progress.durationMs());
    lines.put(
        room,
        String.format(
            "%s %d:%02d:%02d %s %s/s%s%s",
            room.name(),
            elapsed.toHours(),
            elapsed.toMinutesPart(),
            elapsed.toSecondsPart(),
            size(progress.bytes()),
            size(progress.bytesPerSecond()),
            progress.gaps() == 0 ? "" : " " + progress.gaps() + " gaps",
            progress.receiving() ? "" : " (no data)"));
    String line = lines.values().stream().collect(Collectors.joining(" | "));
    line = line.length() > MAX_WIDTH ? line.substring(0, MAX_WIDTH) : line;
    out.print("\r" + pad(line));
    out.flush();
    width = line.length();
  }

  @Override
  public void ended(Identity room, EndCause cause, Reason why) {
    lines.remove(room);
    boolean well = cause == EndCause.OVER || cause == EndCause.STOPPED;
    if (well) {
      say(room, why.text());
    } else {
      System.err.println(printable(room.name() + ": failed: " + why.text()));
    }
  }

  @Override
  public void done() {
    out.flush();
  }

  private void say(Identity room, String text) {
    out.println((terminal ? "\r" : "") + pad(printable(room.name() + ": " + text)));
    width = 0;
  }

  private String pad(String line) {
    return line.length() >= width ? line : line + " ".repeat(width - line.length());
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? bytes / 1024 + " KiB"
        : String.format(java.util.Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }

  /** Names come from outside: no control characters reach the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
