package dev.sluice.record;

import dev.sluice.file.FrameLists;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.mp4.FragmentIndex;
import dev.sluice.media.mp4.FrameList;
import dev.sluice.media.mp4.Mp4Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Of MP4 in fragments: the pieces up to the first that is not whole. */
final class Mp4PartScan implements PartScan {
  private static final int FRONT = 64 * 1024;

  private final FragmentIndex index = new FragmentIndex();
  private long videoFrames;
  private long audioFrames;
  private long lastMs;
  private boolean pictures;
  private long firstAt;
  private long wholeBytes;

  /** Reads the lists of frames of the whole file. */
  static Mp4PartScan of(FileChannel channel) throws IOException {
    Mp4PartScan scan = new Mp4PartScan();
    FrameLists lists = new FrameLists(channel);
    scan.firstAt = lists.firstAt();
    long at = scan.firstAt;
    Optional<FrameList> list = lists.at(at);
    while (list.isPresent() && lists.isPiece(at, list.get())) {
      scan.count(at, list.get());
      at = list.get().next();
      list = lists.at(at);
    }
    return scan;
  }

  private void count(long at, FrameList list) {
    videoFrames += list.frames(FlvTag.VIDEO);
    audioFrames += list.frames(FlvTag.AUDIO);
    lastMs = Math.max(lastMs, list.lastMs());
    pictures |= wholeBytes == 0 && list.announcesPictures();
    wholeBytes = list.next();
    if (list.isKey(pictures)) {
      index.add(list.shownMs(), list.pieceAt(at));
    }
  }

  @Override
  public long videoFrames() {
    return videoFrames;
  }

  @Override
  public long audioFrames() {
    return audioFrames;
  }

  @Override
  public long lastTagMs() {
    return lastMs;
  }

  @Override
  public void mend(FileChannel channel) throws IOException {
    channel.truncate(wholeBytes);
    long tracksAt = Math.max(0, firstAt - FRONT);
    ByteBuffer tracks = ByteBuffer.allocate((int) (firstAt - tracksAt));
    while (tracks.hasRemaining() && channel.read(tracks, tracksAt + tracks.position()) >= 0) {}
    int durationAt = Mp4Writer.durationAt(tracks.flip());
    if (durationAt >= 0) {
      PartScan.write(channel, Mp4SegmentFile.duration(lastMs), tracksAt + durationAt);
    }
    try {
      PartScan.write(channel, ByteBuffer.wrap(index.encode(pictures)), wholeBytes);
    } catch (IOException e) {
      // A full disk: the file is whole without its index.
      channel.truncate(wholeBytes);
    }
    channel.force(true);
  }
}
