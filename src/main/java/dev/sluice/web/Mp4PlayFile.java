package dev.sluice.web;

import dev.sluice.file.FrameLists;
import dev.sluice.media.mp4.FrameList;
import dev.sluice.media.mp4.Mp4Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/** One MP4 in fragments: walked from list to list of its frames, each part of it once. */
final class Mp4PlayFile implements PlayFile {
  private Mp4Tracks tracks = new Mp4Tracks(Optional.empty(), Optional.empty());
  private long[] times = new long[16];
  private long[] positions = new long[16];
  private int keys;
  private long at = -1;

  @Override
  public synchronized Known read(FileChannel file, boolean complete) throws IOException {
    FrameLists lists = new FrameLists(file);
    if (at < 0) {
      at = lists.firstAt();
    }
    Optional<FrameList> list = lists.at(at);
    while (list.isPresent()) {
      if (keys == 0) {
        tracks = Mp4Tracks.of(lists.tags(list.get()));
      }
      if (keys == 0 || list.get().isKey()) {
        addKey(list.get().startMs());
      }
      at = list.get().next();
      list = lists.at(at);
    }
    return new Known(
        tracks, Arrays.copyOf(times, keys), Arrays.copyOf(positions, keys), Math.max(0, at));
  }

  private void addKey(long time) {
    if (keys == MAX_KEYS || keys > 0 && time <= times[keys - 1]) {
      return;
    }
    if (keys == times.length) {
      times = Arrays.copyOf(times, 2 * keys);
      positions = Arrays.copyOf(positions, 2 * keys);
    }
    times[keys] = time;
    positions[keys] = at;
    keys++;
  }
}
