package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that servers send in place of a stream: none of them opens a file. */
class ErrorPagesTest {
  private static final List<String> TEXTS =
      List.of(
          "<!DOCTYPE html><html><head><title>404</title></head><body>not found</body></html>",
          "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
          "{\"code\":-400,\"message\":\"请求错误\",\"ttl\":1}",
          "{\"status_code\":0,\"data\":{\"prompts\":\"直播已结束\"}}",
          "\t<html>",
          "\b\u0012",
          "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
          "Forbidden",
          "",
          " ",
          "FLV",
          "FLV\u0001",
          "FL",
          "ERROR: token expired\r\n",
          "#EXTM3U\n#EXT-X-ENDLIST\n");

  private static final List<byte[]> HEADS =
      List.of(
          new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0},
          new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
          new byte[] {0x47, 0x40, 0, 0x10},
          new byte[] {0, 0, 0, 0x18, 'f', 't', 'y', 'p'},
          new byte[] {0x1F, (byte) 0x8B, 8, 0},
          new byte[] {0, 0, 0, 0},
          new byte[] {9, 0, 0, 5},
          new byte[] {8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

  private static byte[] body(Random random) {
    byte[] noise = new byte[random.nextInt(4000)];
    random.nextBytes(noise);
    if (random.nextInt(3) == 0) {
      return join(HEADS.get(random.nextInt(HEADS.size())), noise);
    }
    String text = TEXTS.get(random.nextInt(TEXTS.size())).repeat(1 + random.nextInt(30));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? gzip(bytes) : bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  @Test
  void noneIsTakenForAStream() {
    long seed = Seeds.of("ErrorPagesTest");
    for (int i = 0; i < Seeds.tries(2000); i++) {
      Random random = new Random(seed + i);
      byte[] body = body(random);
      CollectingSink sink = new CollectingSink();
      FlvRecording recording = new FlvRecording(sink, () -> {});
      recording.legStarted(0);
      try {
        for (int at = 0; at < body.length; ) {
          int end = Math.min(body.length, at + 1 + random.nextInt(1500));
          recording.accept(ByteBuffer.wrap(Arrays.copyOfRange(body, at, end)), 0);
          at = end;
        }
      } catch (FlvException e) {
        assertTrue(e.kind() != FlvException.Kind.CODEC, "seed " + (seed + i));
      }
      recording.legEnded("end");
      recording.finish();
      assertEquals(0, recording.receivedFrames(), "seed " + (seed + i));
      assertEquals(List.of(), sink.frames, "seed " + (seed + i));
    }
  }
}
