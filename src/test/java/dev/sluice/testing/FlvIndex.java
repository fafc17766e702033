package dev.sluice.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key-frame index in the metadata of an FLV file, read apart from the production code on
 * purpose.
 *
 * @param seconds when the key frames are
 * @param positions where their tags begin
 */
public record FlvIndex(List<Double> seconds, List<Long> positions) {
  private static final int NUMBER = 0;
  private static final int BOOLEAN = 1;
  private static final int STRING = 2;
  private static final int OBJECT = 3;
  private static final int ECMA_ARRAY = 8;
  private static final int STRICT_ARRAY = 10;

  /** The index of a file whose first tag is its metadata. */
  public static FlvIndex read(Path file) {
    ByteBuffer in = ByteBuffer.wrap(FlvTags.read(file).get(0).payload());
    if (!"onMetaData".equals(value(in)) || !(value(in) instanceof Map<?, ?> metadata)) {
      throw new AssertionError("no metadata in front of " + file);
    }
    if (!(metadata.get("keyframes") instanceof Map<?, ?> index)) {
      throw new AssertionError("no index in " + metadata.keySet());
    }
    List<Double> seconds = numbers(index.get("times"));
    List<Long> positions =
        numbers(index.get("filepositions")).stream().map(Double::longValue).toList();
    return new FlvIndex(seconds, positions);
  }

  private static List<Double> numbers(Object array) {
    if (!(array instanceof List<?> values)) {
      throw new AssertionError("no array of an index: " + array);
    }
    return values.stream().map(one -> (Double) one).toList();
  }

  private static Object value(ByteBuffer in) {
    int type = in.get();
    return switch (type) {
      case NUMBER -> in.getDouble();
      case BOOLEAN -> in.get() != 0;
      case STRING -> text(in);
      case OBJECT -> pairs(in);
      case ECMA_ARRAY -> {
        in.getInt();
        yield pairs(in);
      }
      case STRICT_ARRAY -> {
        List<Object> values = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
          values.add(value(in));
        }
        yield values;
      }
      default -> throw new AssertionError("AMF type " + type + " at " + in.position());
    };
  }

  private static Map<String, Object> pairs(ByteBuffer in) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String key = text(in); !key.isEmpty(); key = text(in)) {
      pairs.put(key, value(in));
    }
    if (in.get() != 9) {
      throw new AssertionError("no end of an object before " + in.position());
    }
    return pairs;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xFFFF];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
