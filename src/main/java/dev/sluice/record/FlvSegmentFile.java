package dev.sluice.record;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvHead;
import dev.sluice.media.flv.FlvMeasure;
import dev.sluice.media.flv.FlvTag;
import dev.sluice.media.flv.KeyFrameIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One FLV file being written. Its writer calls {@link #flush}, before it leaves its handler; so
 * what stands in the file are whole tags.
 */
final class FlvSegmentFile implements SegmentFile {
  private static final long PATCH_EVERY_MS = 2000;

  private final SegmentChannel channel;
  private final FlvHead head;
  private final KeyFrameIndex index;
  private final FlvMeasure measure;
  private final boolean audioOnly;
  private long size;
  private long patchedMs;

  private FlvSegmentFile(
      SegmentChannel channel, FlvHead head, KeyFrameIndex index, CodecConfig video) {
    this.channel = channel;
    this.head = head;
    this.index = index;
    this.measure = new FlvMeasure(video);
    this.audioOnly = video == null;
    this.size = head.size();
  }

  /** Creates the part, exclusively, with its front. */
  static FlvSegmentFile create(Path part, CodecConfig video, CodecConfig audio, int indexEntries)
      throws IOException {
    KeyFrameIndex index = new KeyFrameIndex(indexEntries);
    FlvHead head = new FlvHead(video, audio, index);
    SegmentChannel channel = SegmentChannel.create(part);
    try {
      channel.put(ByteBuffer.wrap(head.bytes()));
      channel.flush();
    } catch (IOException e) {
      channel.discard();
      throw e;
    }
    return new FlvSegmentFile(channel, head, index, video);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void write(FlvTag tag, long timeMs) throws IOException {
    if (tag.isKeyFrame() || audioOnly) {
      index.add(timeMs, size);
    }
    measure.add(tag, timeMs, size);
    FlvHead.putTagHeader(channel.room(FlvTag.HEADER_SIZE), tag.type(), tag.size(), timeMs);
    for (ByteBuffer piece : tag.pieces()) {
      channel.put(piece);
    }
    channel.room(FlvTag.TRAILER_SIZE).putInt(FlvTag.HEADER_SIZE + tag.size());
    size += tag.fileSize();
  }

  @Override
  public void flush() throws IOException {
    channel.flush();
    if (measure.lastMs() - patchedMs >= PATCH_EVERY_MS) {
      patchMeasure();
    }
  }

  private void patchMeasure() throws IOException {
    patchedMs = measure.lastMs();
    channel.patch(measure.encode(channel.written()), head.measuredAt());
  }

  @Override
  public void seal() throws IOException {
    flush();
    patchMeasure();
    channel.patch(FlvHead.index(index), head.indexAt());
    channel.seal();
  }

  @Override
  public void force() {
    channel.force();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
