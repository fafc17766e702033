package dev.sluice.record;

import dev.sluice.bus.Notice;
import dev.sluice.bus.RecordPlan;
import dev.sluice.bus.Topics;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.room.Reason;
import dev.sluice.room.RoomKey;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person should know about recordings besides the state of each room. */
final class RecordNotices {
  private static final String TEMPLATE = "name.template";
  private static final String RECOVERED = "recording.recovered";
  private static final String NO_LINKS = "storage.no_links";
  private static final String NO_LOCKS = "storage.no_locks";

  private final Vertx vertx;

  RecordNotices(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A wrong template does not stop a recording: the default is used. */
  void plan(RoomKey room, RecordPlan plan) {
    Optional<String> problem = new NameTemplate(plan.nameTemplate()).problem();
    if (problem.isEmpty()) {
      tell(Notice.over(TEMPLATE, room.publicId()));
      return;
    }
    String text = "the file name template is wrong, the usual one is used: " + problem.get();
    Reason reason = Reason.of(TEMPLATE, "detail", problem.get(), text);
    tell(Notice.about(room.publicId(), Notice.Level.WARNING, Optional.of(room.publicId()), reason));
  }

  /** Files that a killed server had left open. */
  void recovered(List<SegmentRow> files) {
    if (files.isEmpty()) {
      return;
    }
    String count = Integer.toString(files.size());
    String first = files.get(0).file();
    String text = "files that were left open are finished: " + count + ", the first is " + first;
    Reason reason = new Reason(RECOVERED, Map.of("count", count, "file", first), text);
    tell(new Notice(Notice.Level.INFO, Optional.empty(), reason));
  }

  /** What a root's file system lacks, and what that means. */
  void traits(Path root, FolderTraits traits) {
    lack(traits.links(), NO_LINKS, root, " has no hard links: files are moved to their names");
    lack(
        traits.locks(),
        NO_LOCKS,
        root,
        " has no file locks: do not let a second program record into it");
  }

  private void lack(boolean there, String key, Path root, String text) {
    Reason reason = Reason.of(key, "root", root.toString(), root + text);
    tell(
        there
            ? Notice.over(key, root.toString())
            : Notice.about(root.toString(), Notice.Level.WARNING, Optional.empty(), reason));
  }

  private void tell(Notice notice) {
    Topics.NOTICE.publish(vertx, notice);
  }
}
