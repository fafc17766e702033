package dev.sluice.media.flv;

import java.util.Map;

/** Names of codecs that FLV may carry and that are not recorded, for saying so. */
final class CodecNames {
  private static final Map<Integer, String> VIDEO =
      Map.of(2, "Sorenson H.263", 3, "Screen video", 4, "VP6", 5, "VP6 alpha", 6, "Screen video 2");
  private static final Map<Integer, String> AUDIO =
      Map.of(0, "PCM", 1, "ADPCM", 3, "PCM", 7, "G.711", 8, "G.711", 11, "Speex");
  private static final int FIRST_LETTER = 33;
  private static final int LAST_LETTER = 126;

  private CodecNames() {}

  static String of(FlvTag tag) {
    int first = tag.byteAt(0);
    String track = tag.isVideo() ? "video codec " : "audio codec ";
    boolean enhanced = tag.isVideo() ? (first & 0x80) != 0 : first >> 4 == 9;
    if (enhanced) {
      return track + letters(tag);
    }
    int id = tag.isVideo() ? first & 0x0F : first >> 4;
    String name = (tag.isVideo() ? VIDEO : AUDIO).get(id);
    return track + (name == null ? Integer.toString(id) : name + " (" + id + ")");
  }

  private static String letters(FlvTag tag) {
    StringBuilder name = new StringBuilder();
    for (int i = 1; i < Math.min(tag.size(), TagBody.ENHANCED_SIZE); i++) {
      int letter = tag.byteAt(i);
      name.append(letter >= FIRST_LETTER && letter <= LAST_LETTER ? (char) letter : '?');
    }
    return name.toString();
  }
}
