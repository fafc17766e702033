package dev.sluice.media.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.CodecConfig;
import dev.sluice.media.flv.FlvTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no real encoder sends. */
class Mp4WriterTest {
  private static FlvTag video(int time, int first, int packet, int bytes) {
    ByteBuffer payload = ByteBuffer.allocate(5 + bytes);
    payload.put(0, (byte) first).put(1, (byte) packet);
    return new FlvTag(FlvTag.VIDEO, time, List.of(payload));
  }

  /** A list of frames has two bytes for its length: the file stays readable without it. */
  @Test
  void aSettingOfImpossibleSizeStaysOutOfTheList() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodecConfig large = CodecConfig.of(video(0, 0x17, 0, 70_000));
    Mp4Writer writer = new Mp4Writer(large, null, 8, bytes -> out.writeBytes(bytes.array()));
    writer.add(video(0, 0x17, 1, 100), 0);
    writer.add(video(40, 0x27, 1, 100), 40);
    writer.end();
    ByteBuffer file = ByteBuffer.wrap(out.toByteArray());
    int at = 0;
    while (FrameList.sizeOf(file.slice(at, file.limit() - at)) == 0) {
      at += file.getInt(at);
    }
    FrameList list = FrameList.parse(file.slice(at, file.getInt(at)));
    assertEquals(2, list.frames(FlvTag.VIDEO));
    assertEquals(200, list.dataSize());
    assertTrue(list.isKey(true));
  }

  /** Of a piece as large as this one no second copy is made. */
  @Test
  void aPieceHasExactlyTheSizeThatWasReckoned() {
    Mp4Fragments fragments = new Mp4Fragments(0, 1 << 20);
    fragments.add(video(0, 0x17, 1, 3_000_000));
    fragments.add(new FlvTag(FlvTag.AUDIO, 0, List.of(ByteBuffer.wrap(new byte[] {-81, 1, 7}))));
    fragments.add(video(40, 0x27, 1, 10));
    int reckoned = fragments.size();
    assertEquals(reckoned, fragments.take().length);
  }
}
