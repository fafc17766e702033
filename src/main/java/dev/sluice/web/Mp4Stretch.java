package dev.sluice.web;

import dev.sluice.file.FrameLists;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FrameList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.Consumer;

/** Of MP4 in fragments: from one list of frames to another. */
final class Mp4Stretch implements PlayStretch {
  private final FrameLists lists;
  private final long to;
  private long at;

  Mp4Stretch(FileChannel file, long from, long to) {
    this.lists = new FrameLists(file);
    this.at = from;
    this.to = to;
  }

  @Override
  public boolean isWhole() throws IOException {
    long end = at;
    while (end < to) {
      Optional<FrameList> list = lists.at(end);
      if (list.isEmpty()) {
        return false;
      }
      end = list.get().next();
    }
    return end == to && at < to;
  }

  @Override
  public boolean read(Consumer<FlvTag> tags) throws IOException {
    if (at >= to) {
      return false;
    }
    FrameList list =
        lists.at(at).orElseThrow(() -> new IOException("the file is damaged near byte " + at));
    lists.tags(list).forEach(tags);
    at = list.next();
    return true;
  }

  @Override
  public long nextPictureMs() throws IOException {
    return lists.at(to).map(FrameList::pictureMs).orElse(-1L);
  }
}
