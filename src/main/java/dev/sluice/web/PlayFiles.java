package dev.sluice.web;

import dev.sluice.file.RecordedTags;
import dev.sluice.ledger.SegmentRow;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was read of files to play them, kept while there is room. Used from one event loop. */
final class PlayFiles {
  private static final int MAX_FILES = 512;

  /** Sixteen bytes each. */
  private static final long MAX_KEYS = 2L * PlayFile.MAX_KEYS;

  private final FilePool pool;
  private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  PlayFiles(FilePool pool) {
    this.pool = pool;
  }

  private static final class Entry {
    private PlayFile file;
    private PlayFile.Known known;
    private boolean complete;

    /** By what stands in it; an empty file may become either. */
    private synchronized PlayFile file(FileChannel channel) throws IOException {
      if (file == null && channel.size() == 0) {
        return new FlvPlayFile();
      }
      if (file == null) {
        file = RecordedTags.isMp4(channel) ? new Mp4PlayFile() : new FlvPlayFile();
      }
      return file;
    }
  }

  /** Empty when the file is gone. */
  Future<Optional<PlayFile.Known>> known(SegmentRow segment) {
    Entry entry = entries.computeIfAbsent(segment.id(), id -> new Entry());
    if (entry.complete) {
      return Future.succeededFuture(Optional.of(entry.known));
    }
    boolean complete = segment.state() != SegmentRow.State.OPEN;
    return pool.run(segment.root(), () -> read(entry, segment, complete))
        .map(
            known -> {
              entry.known = known;
              entry.complete = complete;
              makeRoom();
              return Optional.of(known);
            })
        .recover(
            failure ->
                isGone(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private static PlayFile.Known read(Entry entry, SegmentRow segment, boolean complete)
      throws IOException {
    OpenFile open = open(segment);
    try {
      return entry.file(open.channel()).read(open.channel(), complete);
    } finally {
      open.close();
    }
  }

  /**
   * Opens the file of a segment, finished or not. Blocks.
   *
   * @throws Refusal 404 when there is none
   */
  static OpenFile open(SegmentRow segment) throws IOException {
    if (segment.state() == SegmentRow.State.OPEN) {
      try {
        return OpenFile.open(new RecordedFile(segment.root(), segment.part()));
      } catch (Refusal | NoSuchFileException e) {
        // it got its final name since the row was read
      }
    }
    return OpenFile.open(new RecordedFile(segment.root(), segment.file()));
  }

  static boolean isGone(Throwable failure) {
    return failure instanceof NoSuchFileException
        || failure instanceof Refusal refusal && refusal.status() == 404;
  }

  private void makeRoom() {
    long keys = 0;
    for (Entry entry : entries.values()) {
      keys += entry.known == null ? 0 : entry.known.times().length;
    }
    Iterator<Entry> eldest = entries.values().iterator();
    while (entries.size() > 1 && (keys > MAX_KEYS || entries.size() > MAX_FILES)) {
      Entry entry = eldest.next();
      keys -= entry.known == null ? 0 : entry.known.times().length;
      eldest.remove();
    }
  }
}
