package dev.sluice.web;

import dev.sluice.file.RecordedTags;
import dev.sluice.ledger.SegmentRow;
import dev.sluice.media.mp4.Mp4Fragments;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;

/**
 * A stretch of a recorded file as a media segment, made piece by piece while it is sent: however
 * long it is, about two pieces are in memory. Everything here blocks; one thread at a time.
 */
final class PlayFragment {
  private static final int PIECE = 512 * 1024;

  private final FileChannel file;
  private final long startMs;
  private final PlayStretch stretch;
  private final Mp4Fragments fragments;
  private boolean ended;

  private PlayFragment(FileChannel file, long startMs, PlayStretch stretch) {
    this.file = file;
    this.startMs = startMs;
    this.stretch = stretch;
    this.fragments = new Mp4Fragments(startMs, PIECE);
  }

  /**
   * Opens the file.
   *
   * @param from where a fragment can begin
   * @param to where a fragment can end, and written up to there
   * @throws Refusal 410 when the file is gone, 404 when none begins or ends there
   */
  static PlayFragment open(SegmentRow segment, long from, long to) throws IOException {
    FileChannel file = channel(segment);
    try {
      PlayStretch stretch =
          RecordedTags.isMp4(file)
              ? new Mp4Stretch(file, from, to)
              : new FlvStretch(file, from, to);
      if (!stretch.isWhole()) {
        throw Refusal.notFound("fragment");
      }
      return new PlayFragment(file, segment.startMs(), stretch);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static FileChannel channel(SegmentRow segment) throws IOException {
    try {
      return PlayFiles.open(segment).channel();
    } catch (Refusal | NoSuchFileException e) {
      throw PlayRows.gone();
    }
  }

  /** The next piece; null at the end. */
  Buffer next() throws IOException {
    while (!fragments.isFull() && !ended) {
      if (!stretch.read(fragments::add)) {
        // So that the last picture lasts until the first one of the fragment behind.
        long next = stretch.nextPictureMs();
        fragments.end(next < 0 ? -1 : startMs + next);
        ended = true;
      }
    }
    return fragments.isEmpty() && ended ? null : Buffer.buffer(fragments.take());
  }

  Void close() throws IOException {
    file.close();
    return null;
  }
}
