package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvHead;
import dev.sluice.media.flv.FlvMeasure;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.KeyFrameIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Of FLV: what stands before the first damage. */
final class FlvPartScan implements PartScan, FlvReader.Sink {
  private static final int BLOCK = 64 * 1024;
  private static final byte[] DURATION = "\0\u0008duration".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] KEYFRAMES = "\0\tkeyframes".getBytes(StandardCharsets.ISO_8859_1);
  private static final int DEFAULT_ENTRIES = 64;

  private final FlvReader reader = new FlvReader(this);
  private KeyFrameIndex index = new KeyFrameIndex(DEFAULT_ENTRIES);
  private long videoFrames;
  private long audioFrames;
  private FlvMeasure measure = new FlvMeasure(null);
  private boolean damaged;
  private long wholeBytes;
  private long tagStart;
  private long measuredAt = -1;
  private long indexAt = -1;

  /** Reads the whole file. */
  static FlvPartScan of(FileChannel channel) throws IOException {
    FlvPartScan scan = new FlvPartScan();
    long position = 0;
    try {
      while (!scan.damaged) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        int n = channel.read(block, position);
        if (n < 0) {
          return scan;
        }
        position += n;
        scan.reader.accept(block.flip());
      }
      return scan;
    } catch (FlvException e) {
      // What stands before the damage is whole; the file is cut there.
      return scan;
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
    return measure.lastMs();
  }

  @Override
  public void mend(FileChannel channel) throws IOException {
    channel.truncate(wholeBytes);
    if (measuredAt >= 0) {
      PartScan.write(channel, measure.encode(wholeBytes), measuredAt);
      PartScan.write(channel, FlvHead.index(index), indexAt);
    }
    channel.force(true);
  }

  @Override
  public void header(boolean audio, boolean video) {}

  /** What stands before the damage is whole; the file is cut there. */
  @Override
  public void damaged(long bytes) {
    damaged = true;
  }

  @Override
  public void tag(FlvTag tag) {
    if (damaged) {
      return;
    }
    wholeBytes = reader.wholeTags();
    tagStart = wholeBytes - tag.fileSize();
    if (tag.isScript() && measuredAt < 0) {
      findPlaces(tag.copyPayload());
    } else if (tag.isConfig() && tag.isVideo() && isEmpty()) {
      measure = new FlvMeasure(CodecConfig.of(tag));
    } else if (tag.isFrame()) {
      count(tag);
    }
  }

  private void count(FlvTag tag) {
    measure.add(tag, tag.time(), tagStart);
    if (tag.isVideo()) {
      videoFrames++;
    } else {
      audioFrames++;
    }
    if (tag.isKeyFrame() || tag.isAudio() && videoFrames == 0) {
      index.add(tag.time(), tagStart);
    }
  }

  private void findPlaces(byte[] payload) {
    long payloadAt = tagStart + FlvTag.HEADER_SIZE;
    int measured = find(payload, DURATION);
    int keyframes = find(payload, KEYFRAMES);
    if (keyframes < 0) {
      return;
    }
    int object = keyframes + KEYFRAMES.length;
    KeyFrameIndex room = new KeyFrameIndex(capacity(ByteBuffer.wrap(payload), object));
    boolean fits =
        FlvMeasure.fits(payload, measured)
            && object + FlvHead.index(room).remaining() <= payload.length;
    // A front that is damaged or not ours stays as it is: its file is finished without an index.
    if (fits) {
      measuredAt = payloadAt + measured;
      indexAt = payloadAt + object;
      index = room;
    }
  }

  /** Entries that have room: those in use and half of the spare numbers; 0 for none. */
  private static int capacity(ByteBuffer payload, int object) {
    int times = object + 1 + 2 + "times".length() + 1;
    int used = count(payload, times);
    int positions = times + 4 + 9 * used + 2 + "filepositions".length() + 1;
    int spacer = positions + 4 + 9 * used + 2 + "spacer".length() + 1;
    return used < 0 ? 0 : used + Math.max(0, count(payload, spacer)) / 2;
  }

  /** How many numbers an array claims, -1 when the payload does not hold so many. */
  private static int count(ByteBuffer payload, int at) {
    int left = payload.limit() - at - 4;
    int count = left < 0 ? -1 : payload.getInt(at);
    return count > left / 9 ? -1 : Math.max(-1, count);
  }

  private static int find(byte[] in, byte[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      int i = 0;
      while (i < what.length && in[at + i] == what[i]) {
        i++;
      }
      if (i == what.length) {
        return at;
      }
    }
    return -1;
  }
}
