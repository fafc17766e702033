package dev.sluice.web;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.KeyFrameIndex;
import dev.sluice.media.mp4.Mp4Tracks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * One FLV file. A finished one tells what is asked in its front. One that is being written, or has
 * no index, is walked from tag header to tag header, each part of it once.
 */
final class FlvPlayFile implements PlayFile {
  private static final int FRONT = 13;
  private static final int WINDOW = 4096;
  private static final int LARGEST_SCRIPT = 1 << 20;
  private static final int LARGEST_CONFIG = 1 << 16;

  /** As many as tell what a tag is, and how large a VP9 picture. */
  private static final int PAYLOAD_PEEKED = 24;

  private static final int PEEKED = FlvTag.HEADER_SIZE + PAYLOAD_PEEKED;
  private static final long SOUND_STEP_MS = 1000;

  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowAt;
  private Optional<CodecConfig> video = Optional.empty();
  private Optional<CodecConfig> audio = Optional.empty();
  private KeyFrameIndex front = new KeyFrameIndex(0);
  private final PlayKeys keys = new PlayKeys();
  private long at = FRONT;
  private boolean walked;

  @Override
  public synchronized Known read(FileChannel file, boolean complete) throws IOException {
    long size = file.size();
    window.limit(0);
    boolean known = !keys.isEmpty() && walked && complete && at >= size;
    while (!known && step(file, size, complete)) {
      if (!keys.isEmpty() && complete && !walked && fits(size)) {
        return fromFront(size);
      }
    }
    walked = true;
    return new Known(tracks(), keys.times(), keys.positions(), at);
  }

  private boolean fits(long size) {
    long[] found = front.positions();
    return found.length > 0 && found[found.length - 1] < size;
  }

  private Mp4Tracks tracks() {
    return new Mp4Tracks(video, audio);
  }

  /** The first frame need not be a key frame: a file may join on inside a group of pictures. */
  private Known fromFront(long size) {
    long[] indexTimes = front.times();
    long[] indexPositions = front.positions();
    PlayKeys all = new PlayKeys();
    long first = keys.positions()[0];
    all.add(keys.times()[0], first);
    for (int i = 0; i < indexPositions.length; i++) {
      if (indexPositions[i] > first) {
        all.add(indexTimes[i], indexPositions[i]);
      }
    }
    keys.clear();
    at = FRONT;
    return new Known(tracks(), all.times(), all.positions(), size);
  }

  /** Takes one tag; false when no whole one is left. */
  private boolean step(FileChannel file, long size, boolean complete) throws IOException {
    if (at + FlvTag.HEADER_SIZE + FlvTag.TRAILER_SIZE > size) {
      return false;
    }
    int head = look(file, size);
    int type = window.get(head) & 0x1F;
    int length = window.getInt(head) & 0xFFFFFF;
    long end = at + FlvTag.HEADER_SIZE + length + FlvTag.TRAILER_SIZE;
    boolean tag = type == FlvTag.AUDIO || type == FlvTag.VIDEO || type == FlvTag.SCRIPT;
    if (!tag || end > size) {
      return false;
    }
    long time = (window.get(head + 7) & 0xFFL) << 24 | window.getInt(head + 4) >>> 8;
    if (type == FlvTag.SCRIPT) {
      readIndex(file, length, complete);
    } else if (length > 0) {
      int peeked = Math.min(length, PAYLOAD_PEEKED);
      ByteBuffer first = window.slice(head + FlvTag.HEADER_SIZE, peeked);
      take(file, new FlvTag(type, time, List.of(first)), length);
    }
    at = end;
    return true;
  }

  private void readIndex(FileChannel file, int length, boolean complete) throws IOException {
    if (keys.isEmpty() && complete && length <= LARGEST_SCRIPT) {
      front = KeyFrameIndex.decode(payload(file, length));
    }
  }

  private void take(FileChannel file, FlvTag peeked, int length) throws IOException {
    if (peeked.isFrame()) {
      if (keys.isEmpty()) {
        shown(peeked);
      }
      boolean sound = peeked.isAudio() && video.isEmpty();
      boolean due = keys.isEmpty() || peeked.time() - keys.lastTime() >= SOUND_STEP_MS;
      if (keys.isEmpty() || peeked.isKeyFrame() || sound && due) {
        keys.add(peeked.time(), at);
      }
    } else if (keys.isEmpty() && length <= LARGEST_CONFIG) {
      FlvTag whole =
          new FlvTag(peeked.type(), peeked.time(), List.of(ByteBuffer.wrap(payload(file, length))));
      if (whole.isConfig() && whole.isVideo()) {
        video = Optional.of(CodecConfig.of(whole));
      } else if (whole.isConfig()) {
        audio = Optional.of(CodecConfig.of(whole));
      }
    }
  }

  /** What only the first frame says of its codec. */
  private void shown(FlvTag frame) {
    CodecConfig.ofFrame(frame).ifPresent(config -> audio = Optional.of(config));
    video = video.map(config -> config.shownBy(frame));
  }

  private byte[] payload(FileChannel file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()
        && file.read(bytes, at + FlvTag.HEADER_SIZE + bytes.position()) >= 0) {}
    return bytes.array();
  }

  /** Where in the window the tag at {@link #at} begins; small tags come many at a time. */
  private int look(FileChannel file, long size) throws IOException {
    long needed = Math.min(size, at + PEEKED);
    if (at < windowAt || needed > windowAt + window.limit()) {
      windowAt = at;
      window.clear();
      while (window.hasRemaining() && file.read(window, at + window.position()) >= 0) {}
      window.flip();
      if (window.limit() < needed - at) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return (int) (at - windowAt);
  }
}
