package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bus.EndCause;
import dev.sluice.bus.RecordingProgress;
import dev.sluice.bus.SegmentNews;
import dev.sluice.platform.Platform.Identity;
import dev.sluice.room.Reason;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;

/** One JSON object a line; the names are described in docs/guide.md. */
final class JsonPrinter implements Printer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final PrintStream out;

  JsonPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void live(Identity room, long epoch) {
    print(event("live", room).put("epoch", epoch));
  }

  @Override
  public void waiting(Identity room, Reason why) {
    print(event("waiting", room).put("reason", why.text()).put("key", why.key()));
  }

  @Override
  public void notLive(Identity room, Reason why) {
    print(event("not_live", room).put("reason", why.text()).put("key", why.key()));
  }

  @Override
  public void segment(Identity room, SegmentNews news) {
    print(
        event("segment_" + news.what().name().toLowerCase(Locale.ROOT), room)
            .put("index", news.index())
            .put("file", news.file())
            .put("bytes", news.bytes()));
  }

  @Override
  public void progress(Identity room, RecordingProgress progress) {
    print(
        event("progress", room)
            .put("receiving", progress.receiving())
            .put("bytes", progress.bytes())
            .put("bytes_per_second", progress.bytesPerSecond())
            .put("duration_ms", progress.durationMs())
            .put("segments", progress.segments())
            .put("gaps", progress.gaps())
            .put("gap_ms", progress.gapMs()));
  }

  @Override
  public void ended(Identity room, EndCause cause, Reason why) {
    print(
        event("ended", room)
            .put("cause", cause.name().toLowerCase(Locale.ROOT))
            .put("reason", why.text()));
  }

  @Override
  public void done() {
    out.flush();
  }

  private static ObjectNode event(String name, Identity room) {
    return JSON.createObjectNode()
        .put("event", name)
        .put("at", Instant.now().toString())
        .put("room", room.key().publicId())
        .put("name", room.name());
  }

  private void print(ObjectNode event) {
    out.println(event);
  }
}
