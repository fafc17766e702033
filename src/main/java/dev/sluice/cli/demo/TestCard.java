package dev.sluice.cli.demo;

import dev.sluice.media.flv.FlvException;
import dev.sluice.media.flv.FlvReader;
import dev.sluice.media.flv.FlvTag;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The clip that the demo channel plays, as tags with times from zero. Made by {@code ffmpeg} from
 * its own test sources: 256 pictures at 25 a second and 480 frames of AAC at 48 kHz, both 10.24 s
 * long, so that it loops without a seam.
 */
final class TestCard {
  /** Length of one loop in milliseconds. */
  static final long LENGTH_MS = 10_240;

  private static final String RESOURCE = "test-card.flv";

  private final List<byte[]> configs = new ArrayList<>();
  private final List<Integer> configTypes = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  /** A picture or a frame of sound. */
  record Entry(int type, long atMs, boolean key, byte[] payload) {}

  private TestCard() {}

  static TestCard load() throws IOException {
    byte[] bytes;
    try (InputStream in = TestCard.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the demo's clip is missing from the program");
      }
      bytes = in.readAllBytes();
    }
    List<FlvTag> tags = new ArrayList<>();
    FlvReader reader =
        new FlvReader(
            new FlvReader.Sink() {
              @Override
              public void header(boolean audio, boolean video) {}

              @Override
              public void tag(FlvTag tag) {
                tags.add(tag);
              }
            });
    try {
      reader.accept(ByteBuffer.wrap(bytes));
    } catch (FlvException e) {
      throw new IOException("the demo's clip is broken", e);
    }
    return of(tags);
  }

  private static TestCard of(List<FlvTag> tags) {
    TestCard card = new TestCard();
    long start = tags.stream().filter(FlvTag::isKeyFrame).findFirst().map(FlvTag::time).orElse(0L);
    for (FlvTag tag : tags) {
      long at = tag.time() - start;
      if (tag.isConfig()) {
        card.configTypes.add(tag.type());
        card.configs.add(tag.copyPayload());
      } else if (tag.isFrame() && at >= 0 && at < LENGTH_MS) {
        card.entries.add(new Entry(tag.type(), at, tag.isKeyFrame(), tag.copyPayload()));
      }
    }
    return card;
  }

  List<Entry> entries() {
    return entries;
  }

  /** File header and decoder configurations. */
  Buffer front() {
    Buffer front = Buffer.buffer(new byte[] {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0});
    for (int i = 0; i < configs.size(); i++) {
      append(front, configTypes.get(i), 0, configs.get(i));
    }
    return front;
  }

  /** Appends one whole tag. */
  static void append(Buffer to, int type, long timeMs, byte[] payload) {
    to.appendByte((byte) type);
    to.appendMedium(payload.length);
    to.appendMedium((int) (timeMs & 0xFFFFFF));
    to.appendByte((byte) (timeMs >> 24));
    to.appendMedium(0);
    to.appendBytes(payload);
    to.appendInt(FlvTag.HEADER_SIZE + payload.length);
  }
}
