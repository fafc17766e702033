package dev.sluice.web;

import dev.sluice.file.FrameLists;
import dev.sluice.media.mp4.FrameList;
import dev.sluice.media.mp4.Mp4Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** One MP4 in fragments: walked from list to list of its frames, each part of it once. */
final class Mp4PlayFile implements PlayFile {
  private Mp4Tracks tracks = new Mp4Tracks(Optional.empty(), Optional.empty());
  private final PlayKeys keys = new PlayKeys();
  private long at = -1;

  @Override
  public synchronized Known read(FileChannel file, boolean complete) throws IOException {
    FrameLists lists = new FrameLists(file);
    if (at < 0) {
      at = lists.firstAt();
    }
    Optional<FrameList> list = lists.at(at);
    while (list.isPresent()) {
      if (keys.isEmpty()) {
        tracks = Mp4Tracks.of(lists.tags(list.get()));
      }
      if (keys.isEmpty() || list.get().isKey(tracks.video().isPresent())) {
        keys.add(list.get().startMs(), at);
      }
      at = list.get().next();
      list = lists.at(at);
    }
    return new Known(tracks, keys.times(), keys.positions(), Math.max(0, at));
  }
}
