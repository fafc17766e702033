package dev.sluice.media.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.testing.FlvSamples;
import dev.sluice.testing.FlvTags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metadata in every form that was seen (flv.md §4). */
class SourceMetadataTest {
  private static final byte[] SET = string(2, "@setDataFrame");
  private static final byte[] NAME = string(2, "onMetaData");
  private static final byte[] WIDTH = join(key("width"), number(1280));
  private static final byte[] END = {0, 0, 9};
  private static final byte[] HINT = {0, 0, 0, 77};

  private static Map<String, String> said(byte[]... parts) {
    byte[] payload = join(parts);
    return SourceMetadata.of(new FlvTag(FlvTag.SCRIPT, 0, List.of(ByteBuffer.wrap(payload))));
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  private static byte[] type(int type) {
    return new byte[] {(byte) type};
  }

  private static byte[] key(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
  }

  private static byte[] string(int type, String text) {
    return join(type(type), key(text));
  }

  private static byte[] number(double value) {
    return ByteBuffer.allocate(9).put((byte) 0).putDouble(value).array();
  }

  @Test
  void arrayAndObjectWithAndWithoutTheWordBefore() {
    Map<String, String> expected = Map.of("width", "1280");
    assertEquals(expected, said(NAME, type(8), HINT, WIDTH, END), "array with a wrong count");
    assertEquals(expected, said(NAME, type(3), WIDTH, END));
    assertEquals(expected, said(SET, NAME, type(8), HINT, WIDTH, END));
    assertEquals(expected, said(NAME, type(3), WIDTH, END, type(5)), "a third value null");
    assertEquals(expected, said(NAME, type(3), WIDTH, END, new byte[40]), "the tag is longer");
    assertEquals(expected, said(NAME, type(3), WIDTH), "no end marker");
  }

  @Test
  void whatIsNoMetadataSaysNothing() {
    assertEquals(Map.of(), said(string(2, "onTextData"), type(3), WIDTH, END));
    assertEquals(Map.of(), said(NAME));
    assertEquals(Map.of(), said(NAME, number(3)));
    assertEquals(Map.of(), said(type(17), NAME));
    assertEquals(Map.of(), said(new byte[0]));
  }

  @Test
  void everyTypeIsPassedOver() {
    byte[] date = join(type(11), new byte[10]);
    byte[] longString = join(type(12), new byte[] {0, 0, 0, 2, 'a', 'b'});
    byte[] strict = join(type(10), new byte[] {0, 0, 0, 2}, number(1), type(6));
    byte[] nested = join(type(3), key("x"), type(8), HINT, key("y"), type(1), type(1), END, END);
    byte[] typed = join(type(16), key("Class"), key("z"), type(5), END);
    byte[] reference = join(type(7), new byte[2]);
    List<byte[]> parts = new ArrayList<>(List.of(NAME, type(8), HINT));
    for (byte[] value : List.of(date, longString, strict, nested, typed, reference, type(13))) {
      parts.add(key("other" + parts.size()));
      parts.add(value);
    }
    parts.addAll(List.of(WIDTH, key("encoder"), string(2, "OBS"), END));
    assertEquals(Map.of("width", "1280", "encoder", "OBS"), said(parts.toArray(byte[][]::new)));
  }

  @Test
  void wordsAreShortAndHarmless() {
    String long200 = "x".repeat(200);
    byte[] encoder = join(key("encoder"), string(2, "a\0b\u001b[31m\n" + long200));
    Map<String, String> said =
        said(
            NAME,
            type(3),
            encoder,
            key("framerate"),
            string(2, "30"),
            key("fps"),
            number(29.97),
            key("stereo"),
            type(1),
            type(1),
            key("height"),
            number(Double.NaN),
            key("streamkey"),
            string(2, "secret"),
            END);
    assertTrue(said.get("encoder").startsWith("ab[31mxxx"), said.get("encoder"));
    assertEquals(100, said.get("encoder").length());
    assertEquals("30", said.get("framerate"));
    assertEquals("29.97", said.get("fps"));
    assertEquals("true", said.get("stereo"));
    assertEquals(4, said.size(), said.toString());
  }

  @Test
  void depthAndNumberAreBounded() {
    byte[][] deep = new byte[10_000][];
    Arrays.fill(deep, join(type(3), key("a")));
    assertEquals(Map.of(), said(NAME, join(deep)));
    byte[] many = join(NAME, type(10), new byte[] {-1, -1, -1, -1}, new byte[500_000]);
    assertEquals(Map.of(), said(many));
  }

  @Test
  void ofARealProgram() {
    dev.sluice.testing.FlvTag script =
        FlvTags.read(FlvSamples.avcAac(Duration.ofSeconds(1))).get(0);
    Map<String, String> said = said(script.payload());
    assertEquals("320", said.get("width"), said.toString());
    assertEquals("180", said.get("height"), said.toString());
    assertEquals("7", said.get("videocodecid"), said.toString());
  }
}
