package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.media.flv.FlvException.Kind;
import dev.sluice.testing.FlvTag;
import dev.sluice.testing.FlvTags;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlvReaderTest {
  private static final List<FlvTag> TAGS =
      SyntheticStream.leg(SyntheticStream.make().pictures(12).startingAt(0xFFFF_FF00L).frames());
  private static final byte[] FILE = FlvTags.toBytes(TAGS);

  private static final class Read implements FlvReader.Sink {
    final List<FlvTag> tags = new ArrayList<>();
    String header = "";

    @Override
    public void header(boolean audio, boolean video) {
      header += (audio ? "audio " : "") + (video ? "video" : "");
    }

    @Override
    public void tag(dev.sluice.media.flv.FlvTag tag) {
      tags.add(new FlvTag(tag.type(), tag.time(), tag.copyPayload()));
    }
  }

  /** Reads in pieces of these lengths, over and over. */
  private static Read read(byte[] bytes, int... lengths) throws FlvException {
    Read read = new Read();
    FlvReader reader = new FlvReader(read);
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int end = Math.min(bytes.length, at + lengths[i % lengths.length]);
      reader.accept(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
    reader.end();
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11, 13, 4096, Integer.MAX_VALUE / 2})
  void everyPieceSizeGivesTheSameTags(int size) throws FlvException {
    Read read = read(FILE, size);
    assertEquals(TAGS, read.tags);
    assertEquals("audio video", read.header);
  }

  @Test
  void randomPiecesGiveTheSameTags() throws FlvException {
    for (int seed = 0; seed < 200; seed++) {
      int[] lengths = new Random(seed).ints(50, 0, 90).toArray();
      assertEquals(TAGS, read(FILE, lengths).tags, "seed " + seed);
    }
  }

  @Test
  void aCutAtAnyByteLeavesAllWholeTagsBeforeIt() throws FlvException {
    int whole = 13;
    int tags = 0;
    for (int cut = 13; cut <= FILE.length; cut++) {
      Read read = new Read();
      FlvReader reader = new FlvReader(read);
      reader.accept(ByteBuffer.wrap(FILE, 0, cut));
      if (tags < TAGS.size() && cut == whole + TAGS.get(tags).toBytes().length) {
        whole = cut;
        tags++;
      }
      assertEquals(whole, reader.wholeTags(), "cut at " + cut);
      assertEquals(TAGS.subList(0, tags), read.tags, "cut at " + cut);
    }
    assertEquals(TAGS.size(), tags);
  }

  @Test
  void aLongerFileHeaderIsSkipped() throws FlvException {
    byte[] header = {'F', 'L', 'V', 1, 1, 0, 0, 0, 14, 8, 9, 18, 8, 9, 0, 0, 0, 0};
    byte[] bytes = join(header, TAGS.get(3).toBytes());
    assertEquals(TAGS.subList(3, 4), read(bytes, 1).tags);
    assertEquals(TAGS.subList(3, 4), read(bytes, 100).tags);
  }

  @Test
  void anEndlessFileHeaderIsRefused() {
    byte[] header = {'F', 'L', 'V', 1, 5, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    assertEquals(Kind.BROKEN, assertThrows(FlvException.class, () -> read(header, 9)).kind());
  }

  @Test
  void anEmptyTagIsPassedOver() throws FlvException {
    byte[] empty = new FlvTag(FlvTag.AUDIO, 7, new byte[0]).toBytes();
    byte[] bytes = join(FILE, empty, TAGS.get(4).toBytes());
    for (int size : new int[] {1, 5, 10_000}) {
      List<FlvTag> tags = read(bytes, size).tags;
      assertEquals(TAGS, tags.subList(0, TAGS.size()));
      assertEquals(List.of(TAGS.get(4)), tags.subList(TAGS.size(), tags.size()));
    }
  }

  @Test
  void anEncryptedStreamIsRefused() {
    byte[] tag = TAGS.get(4).toBytes();
    tag[0] |= 0x20;
    byte[] bytes = join(FlvTags.header(true, true), tag);
    FlvException e = assertThrows(FlvException.class, () -> read(bytes, 100));
    assertEquals(Kind.CODEC, e.kind());
  }

  @Test
  void wrongPreviousTagSizesDoNotMatter() throws FlvException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(FlvTags.header(true, true));
    for (FlvTag tag : TAGS) {
      byte[] bytes = tag.toBytes();
      Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0xEE);
      out.writeBytes(bytes);
    }
    assertEquals(TAGS, read(out.toByteArray(), 64).tags);
  }

  @Test
  void aLargeTagInTinyPiecesStaysSmallInMemory() throws FlvException {
    byte[] payload = new byte[300_000];
    new Random(3).nextBytes(payload);
    payload[0] = 0x17;
    FlvTag large = new FlvTag(FlvTag.VIDEO, 0, payload);
    int[] pieces = new int[1];
    FlvReader reader =
        new FlvReader(
            new FlvReader.Sink() {
              @Override
              public void header(boolean audio, boolean video) {}

              @Override
              public void tag(dev.sluice.media.flv.FlvTag tag) {
                pieces[0] = tag.pieces().size();
                assertEquals(large.sha1(), new FlvTag(9, 0, tag.copyPayload()).sha1());
              }
            });
    for (byte b : join(FlvTags.header(true, true), large.toBytes())) {
      reader.accept(ByteBuffer.wrap(new byte[] {b}));
    }
    assertTrue(pieces[0] > 0 && pieces[0] <= 512, pieces[0] + " pieces");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-VERSION:3\n",
        "\u00EF\u00BB\u00BF#EXTM3U\n#EXT-X-VERSION:3\n",
        "\r\n#EXTM3U\n",
        "#EXTM3U"
      })
  void playlistsAreKnown(String text) {
    assertKind(Kind.PLAYLIST, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>404</body></html>",
        "{\"code\":403,\"message\":\"expired\"}",
        "\u001F\u008B\b\0\0\0\0\0\0\3abcdefgh",
        "\u00EF\u00BB\u00BF<html></html>",
        "#EXTINF is no playlist's first line",
        "#!/bin/sh\n",
        "GIF89a..........",
        "FLASH...........",
        "\0\0\0\40ftypisom...."
      })
  void otherThingsAreKnown(String text) {
    assertKind(Kind.NOT_FLV, text);
  }

  private static void assertKind(Kind kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int size : new int[] {1, 2, 3, 5, 1000}) {
      FlvException e = assertThrows(FlvException.class, () -> read(bytes, size), "pieces " + size);
      assertEquals(kind, e.kind(), "pieces of " + size + ": " + e.getMessage());
    }
  }

  @Test
  void nothingIsNoError() throws FlvException {
    assertEquals(List.of(), read(new byte[0], 1).tags);
  }

  @Test
  void theHeadIsPrintable() throws FlvException {
    FlvReader reader = new FlvReader(new Read());
    reader.accept(ByteBuffer.wrap(FILE));
    assertTrue(reader.head().matches("FLV[ -~]{61}"), reader.head());
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
