package dev.sluice.media.flv;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source says of itself in its metadata tags (flv.md §4). Nothing is done by it, for it is
 * often stale or wrong; people want to see who made the stream and what was promised.
 */
final class SourceMetadata {
  /** Nothing but these, so that what a stranger's stream holds stays out of our files. */
  private static final List<String> NAMES =
      List.of(
          "encoder",
          "width",
          "height",
          "framerate",
          "fps",
          "videocodecid",
          "videodatarate",
          "audiocodecid",
          "audiodatarate",
          "audiosamplerate",
          "stereo");

  private static final int LONGEST = 100;
  private static final int LARGEST_TAG = 1 << 20;

  private SourceMetadata() {}

  /** By name; empty when the tag is none of the kind, or says nothing of interest. */
  static Map<String, String> of(FlvTag script) {
    Map<String, String> said = new LinkedHashMap<>();
    if (script.size() > LARGEST_TAG) {
      return said;
    }
    List<Object> values = AmfReader.values(script.copyPayload());
    int at = !values.isEmpty() && "@setDataFrame".equals(values.get(0)) ? 1 : 0;
    boolean metadata = values.size() > at + 1 && "onMetaData".equals(values.get(at));
    if (metadata && values.get(at + 1) instanceof Map<?, ?> members) {
      for (String name : NAMES) {
        word(members.get(name)).ifPresent(word -> said.put(name, word));
      }
    }
    return said;
  }

  private static Optional<String> word(Object value) {
    String text = "";
    if (value instanceof Double number && Double.isFinite(number)) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      text = whole ? Long.toString(number.longValue()) : number.toString();
    } else if (value instanceof Boolean || value instanceof String) {
      text = value.toString().replaceAll("\\p{Cntrl}", "").strip();
    }
    return Optional.of(text.length() > LONGEST ? text.substring(0, LONGEST) : text)
        .filter(found -> !found.isEmpty());
  }
}
